//! Parameters are written as OpenAPI 3.0.4 section 4.7.12.6 shows.

use cx_client_documents::documents::parameter_styles::{client, types};
use cx_client_documents::documents::{self};

use super::{empty, last_line, settings};

fn color() -> types::Color {
    types::Color { r: Some(100), g: Some(200), name: None }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn a_path_parameter_stays_in_its_segment() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    for (value, encoded) in [
        (r"..\y\z", "..%5Cy%5Cz"),
        (r"\", "%5C"),
        ("a/b", "a%2Fb"),
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("%2e%2e", "%252e%252e"),
        ("é", "%C3%A9"),
        ("...", "..."),
        ("{note}", "%7Bnote%7D"),
        ("a;b=c", "a%3Bb%3Dc"),
        ("+15551234567", "%2B15551234567"),
    ] {
        client.get_note().line(value).note("1").send().await.unwrap();
        assert_eq!(last_line(&server), format!("GET /lines/{encoded}/notes/1"), "{value}");
        client.get_file().name(value).send().await.unwrap();
        assert_eq!(last_line(&server), format!("GET /files/{encoded}.txt"), "{value}");
    }
    let sent = server.seen().len();
    for (value, why) in [("", "it is empty"), (".", "`.` or `..`"), ("..", "`.` or `..`")] {
        let error = client.get_note().line(value).note("1").send().await.unwrap_err();
        assert!(error.is_invalid_request() && error.to_string().contains(why), "{error}");
    }
    let error = client.get_file().name("").send().await.unwrap_err();
    assert!(error.to_string().contains("it is empty"), "{error}");
    assert_eq!(server.seen().len(), sent);
}

#[tokio::test]
async fn a_base_url_can_have_an_empty_segment() {
    let (server, _) = empty().await;
    let client = client(&settings(format!("{}/a//b", server.url())));
    client.get_note().line("1").note("2").send().await.unwrap();
    assert_eq!(last_line(&server), "GET /a//b/lines/1/notes/2");
    client.get_note().line("..").note("2").send().await.unwrap_err();
}

#[tokio::test]
async fn numbers_have_a_fraction_only_where_they_have_one() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    let price = |price: f64| client.get_price().price(price);
    price(2.0).page(1.0).ratio(0.1_f32).send().await.unwrap();
    assert_eq!(last_line(&server), "GET /prices/2?page=1&ratio=0.1");
    price(-2.5).page(1e15).send().await.unwrap();
    assert_eq!(last_line(&server), "GET /prices/-2.5?page=1000000000000000");
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for request in [price(number), price(1.0).page(number), price(1.0).x_weight(number)] {
            let error = request.send().await.unwrap_err();
            assert!(error.is_invalid_request() && error.to_string().contains("NaN"), "{error}");
        }
    }
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn every_style_of_the_path_is_written() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    let list = || texts(&["a", "b,c"]);
    client.simple().list(list()).object(color()).exploded(color()).send().await.unwrap();
    assert_eq!(last_line(&server), "GET /simple/a,b%2Cc/R,100,G,200/R=100,G=200");
    let label = client.label().one("x").list(list()).exploded(vec![1.0, 2.0]).object(color());
    label.send().await.unwrap();
    assert_eq!(last_line(&server), "GET /label/.x.a,b%2Cc.1.2/.R=100.G=200");
    let matrix = client.matrix().one("x").list(list()).exploded(list()).object(color());
    matrix.send().await.unwrap();
    assert_eq!(
        last_line(&server),
        "GET /matrix;one=x/;list=a,b%2Cc/;exploded=a;exploded=b%2Cc/;R=100;G=200"
    );
    let label = client.label().one("x").list(list()).exploded(vec![1.5]).object(color());
    let error = label.send().await.unwrap_err();
    assert!(error.to_string().contains("`exploded` cannot be sent, since a part"), "{error}");
    let error = client.simple().list(texts(&[])).object(color()).exploded(color()).send().await;
    assert!(error.unwrap_err().to_string().contains("it is empty"));
}

#[tokio::test]
async fn every_style_of_the_query_is_written() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    let list = || texts(&["a b", "c,d"]);
    let query = || client.query();
    let free = [("k&".to_owned(), "v=".to_owned())];
    for (request, expected) in [
        (query().commas(list()), "commas=a%20b,c%2Cd"),
        (
            query().keys(vec![types::QueryKeysItem::Red, types::QueryKeysItem::DarkRed]),
            "keys=red&keys=dark-red",
        ),
        (query().spaces(texts(&["a|b", "c,d"])), "spaces=a%7Cb%20c%2Cd"),
        (query().pipes(list()), "pipes=a%20b%7Cc%2Cd"),
        (query().members(color()), "R=100&G=200"),
        (query().flat(color()), "flat=R,100,G,200"),
        (query().deep(color()), "deep%5BR%5D=100&deep%5BG%5D=200"),
        (query().free(std::collections::HashMap::from(free)), "free%5Bk%26%5D=v%3D"),
        (query().json(color()), "json=%7B%22R%22%3A100%2C%22G%22%3A200%7D"),
        (query().either(types::QueryEither::Integer(7)), "either=7"),
        (query().either(types::QueryEither::String("x".to_owned())), "either=x"),
        (query().day("2030-01-02").flag(true), "day=2030-01-02&flag=true"),
        (query().code("ABC"), "code=ABC"),
    ] {
        request.send().await.unwrap();
        assert_eq!(last_line(&server), format!("GET /query?{expected}"));
    }
    for request in [query(), query().commas(texts(&[])), query().keys(Vec::new())] {
        request.send().await.unwrap();
        assert_eq!(last_line(&server), "GET /query");
    }
    // What separates the parts cannot be encoded in them, and would be read as two.
    for request in [query().spaces(list()), query().pipes(texts(&["a|b"]))] {
        let error = request.send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error}");
    }
    let error = query().code("ABCD").send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    let filter = types::RequiredObjectFilter { status: "on".to_owned(), page: Some(3.0) };
    client.required_object().filter(filter).send().await.unwrap();
    assert_eq!(last_line(&server), "GET /required-object?status=on&page=3");
    let error = client.required_object().send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
}

/// Nothing would be sent of it.
#[tokio::test]
async fn a_required_list_or_object_has_a_part() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    let none = || texts(&[]);
    let one = || texts(&["a"]);
    let request = |path, list, deep, header| {
        let request = client.required_parts().path(path).list(types::Names(list)).deep(deep);
        request.json(none()).x_list(header).send()
    };
    let no_color = || types::Color { r: None, g: None, name: None };
    for (request, name) in [
        (request(none(), one(), color(), one()), "path"),
        (request(one(), none(), color(), one()), "list"),
        (request(one(), one(), no_color(), one()), "deep"),
        (request(one(), one(), color(), none()), "X-List"),
    ] {
        let error = request.await.unwrap_err();
        let text = error.to_string();
        assert!(error.is_invalid_request() && text.contains(&format!("`{name}`")), "{text}");
    }
    assert_eq!(server.seen().len(), 0);
    request(one(), one(), color(), one()).await.unwrap();
    assert_eq!(
        last_line(&server),
        "GET /required-parts/a?list=a&deep%5BR%5D=100&deep%5BG%5D=200&json=%5B%5D"
    );
}

#[tokio::test]
async fn headers_are_written_plainly() {
    let server = httpmock::MockServer::start_async().await;
    let client = client(&settings(server.base_url()));
    let mock = server.mock(|when, then| {
        when.path("/headers")
            .header("x-one", "a b,c%")
            .header("x-list", "1,2")
            .header("x-color", "R=100,G=200");
        then.status(204);
    });
    client.headers().x_one("a b,c%").x_list(vec![1, 2]).x_color(color()).send().await.unwrap();
    mock.assert();
    let mock = server.mock(|when, then| {
        when.path("/headers").header_missing("x-one").header_missing("x-list");
        then.status(204);
    });
    client.headers().x_list(Vec::new()).send().await.unwrap();
    mock.assert();
    let error = client.headers().x_one("a\nb").send().await.unwrap_err();
    assert!(error.is_invalid_request() && !error.to_string().contains("a\nb"), "{error}");

    // A header encodes nothing: what has a comma would be read as two.
    let split = types::Color { name: Some("dark,red".to_owned()), ..color() };
    let error = client.headers().x_color(split).send().await.unwrap_err();
    assert!(error.to_string().contains("`X-Color` cannot be sent"), "{error}");
}

/// Two parameters of one name are two, and what collides with another name goes out by its own.
#[tokio::test]
async fn a_renamed_parameter_keeps_its_name_on_the_wire() {
    let (server, settings) = empty().await;
    let client = documents::name_collisions::client(&settings);
    let find = client.find_widgets().made_at("1").made_at_query("2").made_at_2("3");
    find.made_at_header("4").send().await.unwrap();
    assert_eq!(last_line(&server), "GET /widgets?MadeAt=1&MadeAt%3C=2&MadeAt%3E=3");
    client.find_widgets_operation().send().await.unwrap();
    assert_eq!(last_line(&server), "POST /widgets");
    client.find_widgets_2().send().await.unwrap();
    assert_eq!(last_line(&server), "PUT /widgets");
    let _ = client.get_widget().id("p").id_query("q").id_header("h").send().await;
    assert_eq!(last_line(&server), "GET /widgets/p?id=q");
}
