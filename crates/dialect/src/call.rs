//! One call of one operation: what a handler works with.

use serde::de::DeserializeOwned;
use serde_json::Value;
use vpcd_domain::{App, Caller, Context, Fault, Policy, Tx};

use crate::contract::{Operation, Style};
use crate::decode::{self, BodyFault};
use crate::query::Query;
use crate::replay::Token;
use crate::request::Request;

/// One call of one operation.
pub struct Call<'a> {
    /// The domain.
    pub app: &'a App,
    /// Rule values of this cloud.
    pub policy: &'static Policy,
    /// Who calls.
    pub caller: Caller,
    /// The request.
    pub request: &'a Request,
    /// Operation such as `huawei.create_vpc`.
    pub name: &'static str,
    /// Service of the operation.
    pub service: &'static str,
    /// Group of error rows.
    pub group: &'static str,
    /// IAM action.
    pub action: &'static str,
    /// Shape of its error bodies.
    pub style: Style,
    /// HTTP status of success.
    pub success: u16,
    /// Path parameters, decoded.
    pub params: Vec<(&'static str, String)>,
    /// Query, decoded.
    pub query: Query,
    /// Idempotency token that the caller sent.
    pub token: Option<Token>,
    /// Region this server answers for.
    pub region: &'a str,
}

impl<'a> Call<'a> {
    /// A call of an operation by somebody who has shown nothing yet.
    pub fn new<H>(
        app: &'a App,
        policy: &'static Policy,
        region: &'a str,
        operation: &'static Operation<H>,
        params: Vec<(&'static str, String)>,
        query: Query,
        request: &'a Request,
    ) -> Call<'a> {
        Call {
            app,
            policy,
            caller: Caller::nobody(&request.id),
            request,
            name: operation.name,
            service: operation.service,
            group: operation.group,
            action: operation.action,
            style: operation.style,
            success: operation.status,
            params,
            query,
            token: None,
            region,
        }
    }

    /// A path parameter; empty when the template has none of that name.
    pub fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    /// The body, decoded.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, BodyFault> {
        decode::body(&self.request.body)
    }

    /// Runs a question in one snapshot.
    pub fn read<T, F>(&self, question: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send,
    {
        self.app
            .read(self.name, &self.caller, self.policy, question)
    }

    /// Runs a rule in one transaction.
    pub fn write<T, F>(&self, rule: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        self.app.write(self.name, &self.caller, self.policy, rule)
    }

    /// Runs a rule and takes everything back: whether it would be refused, and by what.
    pub fn rehearse<T, F>(&self, rule: F) -> Result<(), Fault>
    where
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        self.app
            .rehearse(self.name, &self.caller, self.policy, rule)
    }

    /// Runs a rule that answers a body, at most once for an idempotency token.
    pub fn write_once<F>(&self, rule: F) -> Result<Value, Fault>
    where
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<Value, Fault> + Send + 'static,
    {
        let token = self.token.clone();
        self.write(move |tx, cx| {
            let Some(token) = &token else {
                return rule(tx, cx);
            };
            if let Some(body) = token.recall(tx, cx)? {
                return Ok(serde_json::from_str(&body).unwrap_or(Value::Null));
            }
            let body = rule(tx, cx)?;
            token.record(tx, cx, body.to_string())?;
            Ok(body)
        })
    }
}
