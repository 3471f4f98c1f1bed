//! Where the choices of a random document come from.

use std::collections::VecDeque;
use std::ops::{Bound, RangeBounds};

use fastrand::Rng;

/// Choices that bytes make, one each, so that a fuzzer that changes a byte changes one choice; when
/// no byte is left, random ones.
#[derive(Debug)]
pub(crate) struct Choices {
    bytes: VecDeque<u8>,
    rng: Rng,
}

impl Choices {
    pub(crate) fn new(bytes: &[u8], seed: u64) -> Self {
        Self { bytes: VecDeque::from(bytes.to_vec()), rng: Rng::with_seed(seed) }
    }

    pub(crate) fn bool(&mut self) -> bool {
        self.bytes.pop_front().map_or_else(|| self.rng.bool(), |byte| byte & 1 == 1)
    }

    pub(crate) fn u8(&mut self, range: impl RangeBounds<u8>) -> u8 {
        match self.bytes.pop_front() {
            Some(byte) => within(&range, byte) as u8,
            None => self.rng.u8(range),
        }
    }

    pub(crate) fn usize(&mut self, range: impl RangeBounds<usize>) -> usize {
        match self.bytes.pop_front() {
            Some(byte) => within(&range, byte),
            None => self.rng.usize(range),
        }
    }

    pub(crate) fn shuffle<T>(&mut self, values: &mut [T]) {
        match self.bytes.pop_front() {
            // Enough to put each of them first.
            Some(byte) => values.rotate_left(usize::from(byte) % values.len().max(1)),
            None => self.rng.shuffle(values),
        }
    }
}

fn within<T: Copy + Into<usize>>(range: &impl RangeBounds<T>, byte: u8) -> usize {
    let first = match range.start_bound() {
        Bound::Included(first) => (*first).into(),
        Bound::Excluded(before) => (*before).into() + 1,
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(last) => (*last).into() + 1,
        Bound::Excluded(end) => (*end).into(),
        Bound::Unbounded => 256,
    };
    first + usize::from(byte) % end.saturating_sub(first).max(1)
}
