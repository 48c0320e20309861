//! One language's table: what each key says.

/// Makes the look-up of one language out of `Key "text"` rows. It matches without a `_`, so that a key without
/// a text does not compile.
macro_rules! table {
    ($($key:ident $text:literal)*) => {
        /// What a key says, with its arguments in braces.
        pub(super) fn text(key: crate::text::keys::Key) -> &'static str {
            match key {
                $(crate::text::keys::Key::$key => $text,)*
            }
        }
    };
}

pub(super) use table;
