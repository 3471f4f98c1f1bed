//! Any text as a documentation page: reading it and drafting from it must not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::docs::{draft, parse};

fuzz_target!(|text: &str| {
    match parse::parse("page.txt", text) {
        Ok(page) => {
            let _ = draft::draft(&[page]);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
