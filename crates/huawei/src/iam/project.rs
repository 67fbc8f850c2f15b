//! Projects of the caller's account; clients look one up by the name of their region.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::identity::{self, Project};

/// Most projects on a page, and as many when the call does not say.
const LARGEST_PAGE: usize = 5000;

/// `GET /v3/projects`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::admit(call)?;
    let (page, size) = (
        number(call, "page", 1, usize::MAX)?,
        number(call, "per_page", LARGEST_PAGE, LARGEST_PAGE)?,
    );
    let projects = own(call)?;
    let shown: Vec<Value> = projects
        .iter()
        .filter(|project| wanted(call, project))
        .skip((page - 1).saturating_mul(size))
        .take(size)
        .map(|project| render(call, project))
        .collect();
    Ok(Reply::json(
        call.success,
        json!({"projects": shown, "links": super::links(call)}),
    ))
}

/// `GET /v3/auth/projects`
pub fn list_auth(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::admit(call)?;
    let shown: Vec<Value> = own(call)?
        .iter()
        .map(|project| render(call, project))
        .collect();
    Ok(Reply::json(
        call.success,
        json!({"projects": shown, "links": super::links(call)}),
    ))
}

/// `GET /v3/projects/{project_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::admit(call)?;
    let id = call.param("project_id");
    let project = own(call)?.into_iter().find(|project| project.head.id == id);
    let project = project.ok_or_else(|| super::missing(&format!("project: {id}")))?;
    Ok(Reply::json(
        call.success,
        json!({"project": render(call, &project)}),
    ))
}

fn own(call: &Call<'_>) -> Result<Vec<Project>, Refusal> {
    let account = call.caller.account.clone();
    call.read(move |tx, _| identity::projects(tx, &account))
        .map_err(|fault| super::failed(&fault))
}

/// Every project is enabled, is no domain, and its parent is the account.
fn wanted(call: &Call<'_>, project: &Project) -> bool {
    let is = |key, value: &str| call.query.get(key).is_none_or(|asked| asked == value);
    let flag = |key, value: &str| {
        call.query
            .get(key)
            .is_none_or(|asked| asked.eq_ignore_ascii_case(value))
    };
    is("name", &project.name)
        && is("domain_id", project.account())
        && is("parent_id", project.account())
        && flag("enabled", "true")
        && flag("is_domain", "false")
}

fn number(call: &Call<'_>, key: &str, absent: usize, most: usize) -> Result<usize, Refusal> {
    match call.query.get(key).map(str::parse::<usize>) {
        None => Ok(absent),
        Some(Ok(number)) if (1..=most).contains(&number) => Ok(number),
        Some(_) => Err(super::malformed(&format!(
            "Request parameter {key} is invalid."
        ))),
    }
}

fn render(call: &Call<'_>, project: &Project) -> Value {
    json!({
        "id": project.head.id,
        "name": project.name,
        "domain_id": project.account(),
        "parent_id": project.account(),
        "is_domain": false,
        "enabled": true,
        "description": "",
        "links": {"self": format!("{}/v3/projects/{}", call.request.endpoint(), project.head.id)},
    })
}
