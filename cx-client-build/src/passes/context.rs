//! What a pass may look at besides the code.

use std::collections::{BTreeSet, HashMap};

use openapiv3::OpenAPI;

use crate::names::{Names, OperationName};

/// What a pass may look at besides the code.
pub(crate) struct Context<'a> {
    pub(crate) spec: &'a OpenAPI,
    /// The names of the code, and what is known of what they name.
    pub(crate) names: &'a Names,
    /// The names of the properties of all schemas.
    pub(crate) property_names: &'a BTreeSet<String>,
    /// The operations by the name of their builder.
    builders: HashMap<&'a str, &'a OperationName>,
    /// The operations by the name of the method of `Client`.
    functions: HashMap<&'a str, &'a OperationName>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        spec: &'a OpenAPI,
        names: &'a Names,
        property_names: &'a BTreeSet<String>,
    ) -> Self {
        let all = || names.operations.iter();
        Self {
            spec,
            names,
            property_names,
            builders: all().map(|operation| (&*operation.builder, operation)).collect(),
            functions: all().map(|operation| (&*operation.function, operation)).collect(),
        }
    }

    /// The operation whose builder has this name.
    pub(crate) fn of_builder(&self, builder: &str) -> Option<&'a OperationName> {
        self.builders.get(builder).copied()
    }

    /// The operation that this method of `Client` begins.
    pub(crate) fn of_function(&self, function: &str) -> Option<&'a OperationName> {
        self.functions.get(function).copied()
    }
}
