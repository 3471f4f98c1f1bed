//! Pairs what two lists have in common.

use std::collections::{HashMap, VecDeque};

/// Two lists, as far as their items are paired.
pub(super) struct Matching<T> {
    pub(super) pairs: Vec<(T, T)>,
    /// What only one of them has, in its order.
    pub(super) old: Vec<T>,
    pub(super) new: Vec<T>,
}

impl<T> Matching<T> {
    /// Two lists of which nothing is paired yet.
    pub(super) fn of(old: Vec<T>, new: Vec<T>) -> Self {
        Self { pairs: Vec::new(), old, new }
    }

    /// Pairs the items of the same key, each with one.
    pub(super) fn by_key(old: Vec<T>, new: Vec<T>, key: impl Fn(&T) -> String) -> Self {
        let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (index, item) in new.iter().enumerate() {
            free.entry(key(item)).or_default().push_back(index);
        }
        let mut slots: Vec<Option<T>> = new.into_iter().map(Some).collect();
        let mut matching = Self::of(Vec::new(), Vec::new());
        for item in old {
            let index = free.get_mut(&key(&item)).and_then(VecDeque::pop_front);
            match index.and_then(|index| slots[index].take()) {
                Some(other) => matching.pairs.push((item, other)),
                None => matching.old.push(item),
            }
        }
        matching.new = slots.into_iter().flatten().collect();
        matching
    }

    /// Pairs items that are left, each with the first one that is alike.
    pub(super) fn by(&mut self, alike: impl Fn(&T, &T) -> bool) {
        for item in std::mem::take(&mut self.old) {
            match self.new.iter().position(|other| alike(&item, other)) {
                Some(index) => self.pairs.push((item, self.new.remove(index))),
                None => self.old.push(item),
            }
        }
    }
}
