//! Numbers out of a number: equal luck, equal choices.

#[derive(Clone, Debug)]
pub(crate) struct Luck(pub(crate) u64);

impl Luck {
    /// The next number (SplitMix64).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of `from..=to`.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        let many = u64::try_from(to - from + 1).expect("a range");
        from + i64::try_from(self.next() % many).expect("a small number")
    }

    pub(crate) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let last = i64::try_from(of.len()).expect("a count") - 1;
        of[usize::try_from(self.between(0, last)).expect("an index")].clone()
    }

    /// Once in so many times.
    pub(crate) fn rarely(&mut self, times: i64) -> bool {
        self.between(1, times) == 1
    }
}
