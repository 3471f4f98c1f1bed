//! The base URL, checked.

use reqwest::Url;

use crate::error::Error;

/// Checks a base URL and gives it without a slash at its end.
///
/// No message quotes the URL: it could hold a password.
pub(crate) fn check(text: &str, allow_insecure_http: bool) -> Result<Url, Error> {
    let wrong = |problem: &str| {
        Error::config(format!("the base URL {problem}; an example is https://api.example.com/cx"))
    };
    let mut url =
        Url::parse(text.trim()).map_err(|error| wrong(&format!("is no absolute URL ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong(
            "contains a username or a password: give them with ClientBuilder::credentials",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("must not have a query (?…) or a fragment (#…)"));
    }
    if url.scheme() == "http" && !allow_insecure_http && !is_loopback(&url) {
        return Err(Error::config(
            "the base URL begins with http://, and over it the credentials and the customer's \
             data would travel unencrypted: use https://, or allow it with \
             ClientBuilder::allow_insecure_http(true)",
        ));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Whether the host of a URL is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}
