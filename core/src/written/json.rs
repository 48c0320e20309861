//! JSON out of a value's parts: as text, as a tree, and as the name of a field.

use std::io::Write;

use serde_json::{Map, Number, Value};

use super::{Sink, What};

/// JSON text, without spaces.
pub(super) struct Text<'a> {
    to: &'a mut dyn Write,
    /// Whether a value stands before the next one.
    after: bool,
}

impl Text<'_> {
    /// To a writer that cannot fail.
    pub(super) fn to(to: &mut dyn Write) -> Text<'_> {
        Text { to, after: false }
    }

    fn put(&mut self, text: &str) {
        self.to.write_all(text.as_bytes()).unwrap_or_default();
    }

    fn next(&mut self) {
        if self.after {
            self.put(",");
        }
        self.after = true;
    }

    fn open(&mut self, bracket: &str) {
        self.next();
        self.put(bracket);
        self.after = false;
    }

    fn close(&mut self, bracket: &str) {
        self.put(bracket);
        self.after = true;
    }

    fn quoted(&mut self, text: &str) {
        serde_json::to_writer(&mut *self.to, text).unwrap_or_default();
    }
}

impl Sink for Text<'_> {
    fn null(&mut self) {
        self.next();
        self.put("null");
    }

    fn bool(&mut self, value: bool) {
        self.next();
        self.put(if value { "true" } else { "false" });
    }

    fn number(&mut self, value: Number) {
        self.next();
        write!(self.to, "{value}").unwrap_or_default();
    }

    fn text(&mut self, _: What, value: &str) {
        self.next();
        self.quoted(value);
    }

    fn list(&mut self) {
        self.open("[");
    }

    fn end_list(&mut self) {
        self.close("]");
    }

    fn object(&mut self) {
        self.open("{");
    }

    fn key(&mut self, name: &str) {
        self.next();
        self.quoted(name);
        self.put(":");
        self.after = false;
    }

    fn end_object(&mut self) {
        self.close("}");
    }
}

/// A tree of JSON.
#[derive(Default)]
pub(super) struct Tree {
    /// What has begun and not ended, the innermost last, each with the name that it has in what is around it.
    open: Vec<(String, Value)>,
    name: String,
    whole: Value,
}

impl Tree {
    pub(super) fn done(self) -> Value {
        self.whole
    }

    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            Some((_, Value::Array(items))) => items.push(value),
            Some((_, Value::Object(fields))) => {
                fields.insert(std::mem::take(&mut self.name), value);
            }
            Some(_) | None => self.whole = value,
        }
    }

    fn begin(&mut self, empty: Value) {
        self.open.push((std::mem::take(&mut self.name), empty));
    }

    fn end(&mut self) {
        if let Some((name, value)) = self.open.pop() {
            self.name = name;
            self.put(value);
        }
    }
}

impl Sink for Tree {
    fn null(&mut self) {
        self.put(Value::Null);
    }

    fn bool(&mut self, value: bool) {
        self.put(Value::Bool(value));
    }

    fn number(&mut self, value: Number) {
        self.put(Value::Number(value));
    }

    fn text(&mut self, _: What, value: &str) {
        self.put(Value::String(value.to_owned()));
    }

    fn list(&mut self) {
        self.begin(Value::Array(Vec::new()));
    }

    fn end_list(&mut self) {
        self.end();
    }

    fn object(&mut self) {
        self.begin(Value::Object(Map::new()));
    }

    fn key(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    fn end_object(&mut self) {
        self.end();
    }
}

/// A scalar as the name of a field; a name is text in JSON.
#[derive(Default)]
pub(super) struct Name(pub(super) String);

impl Sink for Name {
    fn null(&mut self) {}

    fn bool(&mut self, value: bool) {
        self.0 = value.to_string();
    }

    fn number(&mut self, value: Number) {
        self.0 = value.to_string();
    }

    fn text(&mut self, _: What, value: &str) {
        value.clone_into(&mut self.0);
    }

    fn list(&mut self) {}

    fn end_list(&mut self) {}

    fn object(&mut self) {}

    fn key(&mut self, _: &str) {}

    fn end_object(&mut self) {}
}
