use gen_runtime::prelude::*;

struct Broken;

struct Client;

impl Client {
    async fn get(&self) -> Result<Client, String> {
        Ok(Client)
    }

    async fn json(&self) -> Result<u32, Broken> {
        Err(Broken)
    }
}

#[async_generator]
async fn pages(client: &Client) -> Result<u32, String> {
    defer! { println!("closed"); }
    let page = client.get().await?.json().await?;
    yield_!(Ok(page));
    let _page = client.get()?;
}

fn main() {}
