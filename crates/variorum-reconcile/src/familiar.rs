//! How much does it tell that two reports of an affair share something?
//!
//! Input: every use of an actor, a day or a place in an affair. Output: for each, nats of surprise. Of a hundred happenings sixty have the ministry and two the captain:
//! two that share the captain are likelier one than two that share the ministry. Limits: counts uses, so that a long report weighs more than a short one.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// How often each of some things is told.
pub(crate) struct Familiar<K> {
    uses: FxHashMap<K, usize>,
    n_uses: usize,
}

impl<K: Eq + Hash> Familiar<K> {
    pub(crate) fn of(all: impl Iterator<Item = K>) -> Self {
        let (mut uses, mut n_uses) = (FxHashMap::default(), 0);
        for key in all {
            *uses.entry(key).or_default() += 1;
            n_uses += 1;
        }
        Self { uses, n_uses }
    }

    /// What sharing it tells, in nats: 0 for what is in everything.
    pub(crate) fn telling(&self, key: &K) -> f64 {
        (self.n_uses.max(1) as f64 / self.uses.get(key).copied().unwrap_or(1) as f64).ln()
    }
}
