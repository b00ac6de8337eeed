//! The language of messages, as Python says it.

use maillage::finding::Lang;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// `"fr"` or `"en"`.
#[derive(Clone, Copy)]
pub(crate) struct Language(pub(crate) Lang);

impl Language {
    pub(crate) fn as_str(self) -> &'static str {
        self.pick("fr", "en")
    }

    /// One of two.
    pub(crate) fn pick<T>(self, fr: T, en: T) -> T {
        match self.0 {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The language of a word.
    pub(crate) fn of(word: &str) -> PyResult<Self> {
        match word {
            "fr" => Ok(Self(Lang::Fr)),
            "en" => Ok(Self(Lang::En)),
            other => Err(PyValueError::new_err(format!("lang is 'fr' or 'en', not {other:?}"))),
        }
    }
}
