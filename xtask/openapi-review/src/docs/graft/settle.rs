//! Puts the components as the page states them into the copy.

use std::collections::HashMap;

use cx_client_build::{Document, Node};

use super::state::{Graft, NOWHERE};
use super::uses::{Use, use_of};

impl Graft<'_> {
    /// Puts the components as the page states them into the copy.
    pub(super) fn settle_uses(&mut self) {
        let classes = self.classes();
        let mut targets: HashMap<usize, String> = HashMap::new();
        for (index, class) in classes.iter().enumerate() {
            let component = self.uses[index].component.clone();
            let is_alike =
                |other: usize| self.uses[other].component != component || classes[other] == *class;
            let agree = (0..classes.len()).all(is_alike);
            let changes = self.uses[index].changes;
            let pointer = match targets.get(class) {
                Some(known) => known.clone(),
                None if agree || !changes => format!("#{component}"),
                None => {
                    let (parent, name) = component.rsplit_once('/').unwrap_or(("", &component));
                    format!("#{}", self.free_component(parent, name))
                }
            };
            if let (true, Some(node)) = (agree || changes, self.uses[index].grafted.clone()) {
                self.put(pointer.trim_start_matches('#'), node);
            }
            targets.insert(index, pointer);
        }
        let mut root = self.edited.root().clone();
        settle(&mut root, &targets);
        self.edited = Document::new(self.page.file(), root);
    }

    /// For each use the first that makes the same of the same component. Uses within it are taken to
    /// be alike until they are seen not to be.
    fn classes(&self) -> Vec<usize> {
        let mut classes: Vec<usize> = Vec::new();
        loop {
            let name = |(index, one): (usize, &Use)| {
                let class = classes.get(index).map(usize::to_string);
                (index, format!("{} {}", one.component, class.unwrap_or_default()))
            };
            let names: HashMap<usize, String> = self.uses.iter().enumerate().map(name).collect();
            let mut first: HashMap<(&str, String), usize> = HashMap::new();
            let mut next = Vec::new();
            for (index, one) in self.uses.iter().enumerate() {
                let mut form = one.grafted.clone().unwrap_or_else(|| Node::object(NOWHERE));
                settle(&mut form, &names);
                let form = (one.component.as_str(), form.to_json().to_string());
                next.push(*first.entry(form).or_insert(index));
            }
            if next == classes {
                return classes;
            }
            classes = next;
        }
    }
}

/// Turns the marks of uses into references.
fn settle(node: &mut Node, targets: &HashMap<usize, String>) {
    if let Some(target) = use_of(node).and_then(|index| targets.get(&index)) {
        let position = node.position;
        *node = Node::object(position);
        node.set("$ref", Node::text(position, target));
        return;
    }
    if let Some(items) = node.items_mut() {
        items.iter_mut().for_each(|item| settle(item, targets));
    }
    let keys: Vec<String> = node.entries().iter().map(|entry| entry.key.clone()).collect();
    for key in keys {
        if let Some(value) = node.get_mut(&key) {
            settle(value, targets);
        }
    }
}
