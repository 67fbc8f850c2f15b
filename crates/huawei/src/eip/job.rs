//! Jobs, v1.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::job::{Failure, Job, Step, Work};

use crate::faults::refuse;
use crate::wire::time_z;

/// `GET /v1/{project_id}/jobs/{job_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("job_id").to_owned();
    let job = call
        .read(move |tx, cx| tx.get::<Job>(&cx.caller.project, &id))
        .map_err(|fault| refuse(call, fault))?;
    let steps: Vec<Value> = job.steps.iter().map(|step| render(&job, step)).collect();
    let mut body = outcome(&job, &job.head.id, job.failure());
    body["entities"] = json!({"sub_jobs": steps});
    Ok(Reply::json(call.success, body))
}

fn render(job: &Job, step: &Step) -> Value {
    let mut body = outcome(job, &step.id, step.failure.as_ref());
    body["entities"] = json!({"publicip_id": step.address});
    body
}

/// What a job and each of its parts tell; both are over when they are first seen.
fn outcome(job: &Job, id: &str, failure: Option<&Failure>) -> Value {
    json!({
        "job_id": id,
        "job_type": match job.work {
            Work::Create => "batchCreatePublicip",
            Work::Delete => "batchDeletePublicip",
            Work::Unbind => "batchDisassociatePublicip",
        },
        "begin_time": time_z(job.head.created),
        "end_time": time_z(job.head.created),
        "status": if failure.is_none() { "SUCCESS" } else { "FAIL" },
        "error_code": failure.map(|it| &it.code),
        "fail_reason": failure.map(|it| &it.reason),
    })
}
