//! How values are written into a message.

/// The form in which a schema's values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in super::super) enum Wire {
    /// As JSON, or in another form that tells types apart.
    Json,
    /// As XML.
    Xml,
    /// As an object whose properties are the fields of a form.
    Form,
    /// As a field of a form: text; an array is the field repeated.
    Field,
    /// As text in a parameter; an array is the parameter repeated.
    Repeated,
    /// As text in a parameter or header; an array is a list with separators.
    Separated,
}

impl Wire {
    /// Whether `5` and `"5"` are written in the same way.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Field | Self::Repeated | Self::Separated)
    }

    /// The form of a property of an object.
    pub(super) fn of_property(self) -> Self {
        match self {
            Self::Form => Self::Field,
            Self::Field => Self::Json,
            other => other,
        }
    }

    /// The form of what a schema has besides properties: items, alternatives.
    pub(super) fn of_item(self) -> Self {
        if self == Self::Form { Self::Json } else { self }
    }

    /// The form of a body of a media type.
    pub(in super::super) fn of_media_type(essence: &str) -> Self {
        match essence {
            "application/x-www-form-urlencoded" | "multipart/form-data" => Self::Form,
            "application/xml" | "text/xml" => Self::Xml,
            _ if essence.ends_with("+xml") => Self::Xml,
            _ if essence.starts_with("text/") => Self::Separated,
            _ => Self::Json,
        }
    }
}
