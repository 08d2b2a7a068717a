//! Templates of the sandbox's own pages, parsed when one is first shown: most sandboxes serve programs only.

use std::sync::OnceLock;

use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};

/// Templates that may use each other.
pub(crate) struct Pages {
    add: fn(&mut Environment<'static>) -> Result<(), Error>,
    ready: OnceLock<Result<Environment<'static>, Error>>,
}

impl Pages {
    /// Those that `add` adds.
    pub(crate) const fn new(add: fn(&mut Environment<'static>) -> Result<(), Error>) -> Self {
        Self { add, ready: OnceLock::new() }
    }

    /// The template of this name, filled.
    pub(crate) fn rendered(&self, name: &str, view: Value) -> Result<String, Error> {
        let ready = self.ready.get_or_init(|| {
            let mut pages = Environment::new();
            pages.set_undefined_behavior(UndefinedBehavior::Strict);
            (self.add)(&mut pages).map(|()| pages)
        });
        match ready {
            Ok(pages) => pages.get_template(name)?.render(view),
            Err(broken) => Err(Error::new(ErrorKind::SyntaxError, broken.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_filled_and_one_that_is_broken_or_missing_says_so() {
        static WHOLE: Pages = Pages::new(|pages| pages.add_template("hello", "Hello {{ name }}"));
        static BROKEN: Pages = Pages::new(|pages| pages.add_template("hello", "Hello {% if %}"));
        let view = || minijinja::context! { name => "Ada" };
        assert_eq!(WHOLE.rendered("hello", view()).unwrap(), "Hello Ada");
        assert!(WHOLE.rendered("hello", minijinja::context! {}).is_err(), "what is missing is no empty text");
        assert!(WHOLE.rendered("goodbye", view()).is_err());
        assert!(BROKEN.rendered("hello", view()).is_err());
    }
}
