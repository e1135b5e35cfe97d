//! What an account is told, one by one and in groups.

use std::collections::BTreeMap;

use kw_app::notification::{GroupView, NotificationView};
use kw_domain::notification::Policy;
use serde::Serialize;

use super::{Account, Status, Writer};
use crate::time;

/// A notification.
#[derive(Debug, Clone, Serialize)]
pub struct Notification {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub group_key: String,
    pub created_at: String,
    pub account: Account,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// Notifications that belong together. Accounts and posts stand beside the groups, each once.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    pub group_key: String,
    pub notifications_count: u64,
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// A JSON number: the one id that is not text.
    pub most_recent_notification_id: u64,
    pub page_min_id: String,
    pub page_max_id: String,
    pub latest_page_notification_at: String,
    pub sample_account_ids: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_id: Option<String>,
}

/// Groups with the accounts and posts they name.
#[derive(Debug, Clone, Serialize)]
pub struct Groups {
    pub accounts: Vec<Account>,
    pub statuses: Vec<Status>,
    pub notification_groups: Vec<Group>,
}

/// From whom an account wants to be told.
#[derive(Debug, Clone, Serialize)]
pub struct NotificationPolicy {
    pub for_not_following: &'static str,
    pub for_not_followers: &'static str,
    pub for_new_accounts: &'static str,
    pub for_private_mentions: &'static str,
    pub for_limited_accounts: &'static str,
    pub summary: PolicySummary,
}

/// How much the policy keeps apart.
#[derive(Debug, Clone, Serialize)]
pub struct PolicySummary {
    pub pending_requests_count: u64,
    pub pending_notifications_count: u64,
}

impl Writer<'_> {
    /// A notification.
    pub fn notification(&self, view: &NotificationView) -> Notification {
        Notification {
            id: view.id.to_string(),
            kind: view.kind.word(),
            group_key: view.group_key(),
            created_at: time::moment(view.at),
            account: self.account(&view.account),
            status: view.post.as_ref().map(|post| self.post(post)),
        }
    }

    /// Groups with the accounts and posts they name, each once.
    pub fn groups(&self, groups: &[GroupView]) -> Groups {
        let (mut accounts, mut statuses) = (BTreeMap::new(), BTreeMap::new());
        for group in groups {
            for view in &group.accounts {
                accounts.entry(view.account.id).or_insert_with(|| self.account(view));
            }
            if let Some(view) = &group.post {
                statuses.entry(view.post.id).or_insert_with(|| self.post(view));
            }
        }
        Groups {
            accounts: accounts.into_values().collect(),
            statuses: statuses.into_values().collect(),
            notification_groups: groups.iter().map(group_of).collect(),
        }
    }
}

fn group_of(group: &GroupView) -> Group {
    Group {
        group_key: group.key.clone(),
        notifications_count: group.count,
        kind: group.kind.word(),
        most_recent_notification_id: group.newest.0,
        page_min_id: group.oldest.to_string(),
        page_max_id: group.newest.to_string(),
        latest_page_notification_at: time::moment(group.latest_at),
        sample_account_ids: group.accounts.iter().map(|view| view.account.id.to_string()).collect(),
        status_id: group.post.as_ref().map(|view| view.post.id.to_string()),
    }
}

impl NotificationPolicy {
    /// A policy. Nothing is counted of what it keeps apart: that is shown nowhere yet.
    pub fn of(policy: Policy) -> Self {
        Self {
            for_not_following: policy.not_following.word(),
            for_not_followers: policy.not_followers.word(),
            for_new_accounts: policy.new_accounts.word(),
            for_private_mentions: policy.private_mentions.word(),
            for_limited_accounts: policy.limited_accounts.word(),
            summary: PolicySummary { pending_requests_count: 0, pending_notifications_count: 0 },
        }
    }
}
