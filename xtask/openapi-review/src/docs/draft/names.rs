//! Names that a person would choose.

use cx_client_build::Node;
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::super::page::Page;

/// Words that say nothing in the name of an operation.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// The operation id, and what it is made from where the page does not give it.
pub(super) fn operation_id(page: &Page, operation: &Node) -> (String, Option<&'static str>) {
    let given = operation.get("operationId").and_then(Node::as_str).unwrap_or_default();
    // Frameworks put the class before the method: `AgentController_list`.
    let own = given.rsplit_once("Controller").map_or(given, |(_, own)| own);
    let words = words(own);
    if words.len() > 1 {
        let is_as_given = words.join("_") == given;
        return (words.join("_"), (!is_as_given).then_some("is the page's operation id, reworded"));
    }
    let title = page.title.as_deref().map(title_words).unwrap_or_default();
    if (2..=5).contains(&title.len()) && title[0].starts_with(|c: char| c.is_ascii_lowercase()) {
        return (title.join("_"), Some("is made from the title"));
    }
    (from_path(page, operation), Some("is made from method and path"))
}

fn title_words(title: &str) -> Vec<String> {
    words(title).into_iter().filter(|word| !ARTICLES.contains(&word.as_str())).collect()
}

/// `list_agents`, `get_agent`, `ring_reminder`.
fn from_path(page: &Page, operation: &Node) -> String {
    let segments = segments(&page.path);
    let ends_with_parameter = page.path.trim_end_matches('/').ends_with('}');
    let last = segments.last().cloned().unwrap_or_else(|| "root".to_owned());
    let owner = segments.len().checked_sub(2).and_then(|at| segments.get(at));
    let of_owner = |name: &str| match owner.filter(|_| page.path.contains("}/")) {
        Some(owner) => format!("{}_{name}", singular(owner)),
        None => name.to_owned(),
    };
    let is_many = !ends_with_parameter && singular(&last) != last;
    let name = if is_many && page.method == "get" { last.clone() } else { singular(&last) };
    match page.method.as_str() {
        "get" if is_many => format!("list_{}", of_owner(&name)),
        "post" if is_many => format!("create_{}", of_owner(&name)),
        // The last word of such a path is what is done: `/reminders/{id}/ring`.
        "post" if !ends_with_parameter && page.path.contains('}') => match owner {
            Some(owner) => format!("{last}_{}", singular(owner)),
            None => last,
        },
        "put" if operation.get("requestBody").is_some() => format!("replace_{}", of_owner(&name)),
        "patch" => format!("update_{}", of_owner(&name)),
        method => format!("{method}_{}", of_owner(&name)),
    }
}

/// The words of the path that name something: without parameters, versions and `api`.
fn segments(path: &str) -> Vec<String> {
    let is_version = |segment: &str| {
        segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    path.split('/')
        .filter(|one| !one.is_empty() && !one.contains('{') && *one != "api" && !is_version(one))
        .map(|one| words(one).join("_"))
        .filter(|one| !one.is_empty())
        .collect()
}

/// The resource that the path names, which is the tag: the first word of the path that names one.
pub(super) fn resource(page: &Page) -> String {
    let segments = segments(&page.path);
    segments.first().map_or_else(|| "api".to_owned(), |name| name.replace('_', "-"))
}

/// What the operation is about, as the name of a type: `Agent` of `list_agents`.
pub(super) fn noun(id: &str) -> String {
    let words: Vec<&str> = id.split('_').collect();
    let about = if words.len() > 1 { &words[1..] } else { &words[..] };
    pascal(&singular(&about.join("_")))
}

/// The name of a component of the page, without what frameworks add to it.
pub(super) fn component(name: &str) -> String {
    let own = ["Dto", "DTO", "Schema", "Model"].iter().find_map(|end| name.strip_suffix(end));
    let own = own.filter(|own| !own.is_empty()).unwrap_or(name);
    let is_type =
        own.starts_with(|c: char| c.is_ascii_uppercase()) && own.chars().all(char::is_alphanumeric);
    if is_type { own.to_owned() } else { pascal(own) }
}

/// The words of a name or a text, in small letters: `customerPhone`, `customer_phone`.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    let mut chars: Vec<char> = text.chars().collect();
    for end in 1..chars.len() {
        // `IDs` is one word.
        if chars[end] == 's' && !chars.get(end + 1).is_some_and(char::is_ascii_lowercase) {
            let capitals = chars[..end].iter_mut().rev().take_while(|c| c.is_ascii_uppercase());
            let first = end - capitals.count();
            chars[end.min(first + 1)..end].iter_mut().for_each(char::make_ascii_lowercase);
        }
    }
    let snake = chars.iter().collect::<String>().to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The name of a type; one that would begin with a digit begins with `Value`.
pub(super) fn pascal(text: &str) -> String {
    let name = words(text).join("_").to_upper_camel_case();
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => name,
        false => format!("Value{name}"),
    }
}

/// The name of one of several: `events` holds an `event`, `entries` an `entry`.
pub(super) fn singular(name: &str) -> String {
    let is_word = |end: &str| name.len() > end.len() + 1;
    if let Some(stem) = name.strip_suffix("ies").filter(|_| is_word("ies")) {
        return format!("{stem}y");
    }
    for end in ["sses", "shes", "ches", "xes"] {
        if name.ends_with(end) && is_word(end) {
            return name[..name.len() - 2].to_owned();
        }
    }
    match name.strip_suffix('s') {
        Some(one) if one.len() > 1 && !one.ends_with(['s', 'u', 'i']) => one.to_owned(),
        _ => name.to_owned(),
    }
}
