//! Is the repository fit to be committed?

use std::{env, process::Command};

/// Format, lints, tests, documentation, in the order in which they fail fastest. All in one profile, so that nothing is built twice.
pub(crate) fn check() -> Result<(), String> {
    cargo("format", &["fmt", "--all", "--check"], &[])?;
    cargo("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])?;
    cargo("tests", &["test", "--workspace"], &[])?;
    cargo(
        "documentation",
        &["doc", "--workspace", "--no-deps", "--document-private-items"],
        &[("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links")],
    )
}

/// Runs the cases with today's answers written in.
pub(crate) fn bless(words: &[String]) -> Result<(), String> {
    let mut arguments = vec!["test", "--package", "variorum", "--test", "cases", "--"];
    arguments.extend(words.iter().map(String::as_str));
    cargo("cases", &arguments, &[("VARIORUM_BLESS", "1")])
}

fn cargo(what: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), String> {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    println!("\n── {what}: cargo {}", arguments.join(" "));
    let status = Command::new(program).args(arguments).envs(variables.iter().copied()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("{what}: not in order")),
        Err(error) => Err(format!("{what}: cargo does not start: {error}")),
    }
}
