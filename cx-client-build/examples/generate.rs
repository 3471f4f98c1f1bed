fn main() {
    let path = std::env::args().nth(1).unwrap();
    let document = cx_client_build::Document::load(path).unwrap();
    match cx_client_build::generate_from(&document) {
        Ok(t) => println!("{t}"),
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(1)
        }
    }
    if std::env::args().nth(2).is_some() {
        println!("{}", cx_client_build::generate_mock_from(&document).unwrap());
    }
}
