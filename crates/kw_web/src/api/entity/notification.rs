//! What an account is told, one by one and in groups.

use std::collections::BTreeMap;

use kw_app::notification::{GroupView, NotificationView};
use kw_app::staff::reasons::Reasons;
use kw_app::view::AccountView;
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation_warning: Option<AccountWarning>,
}

/// What staff did to the account.
#[derive(Debug, Clone, Serialize)]
pub struct AccountWarning {
    /// The ledger's entry.
    pub id: String,
    pub action: &'static str,
    pub text: String,
    pub status_ids: Option<Vec<String>>,
    pub target_account: Account,
    /// Objections go by mail for now.
    pub appeal: Option<()>,
    pub created_at: String,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation_warning: Option<AccountWarning>,
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
            moderation_warning: self.warning(view.decision.as_ref(), Some(&view.account)),
        }
    }

    /// What staff did, for its owner.
    fn warning(&self, reasons: Option<&Reasons>, account: Option<&AccountView>) -> Option<AccountWarning> {
        let (reasons, account) = (reasons?, account?);
        Some(AccountWarning {
            id: reasons.decision.index.to_string(),
            action: action_of(reasons.decision.power.word()),
            text: reasons.reason.as_ref().map(|reason| reason.explanation.clone()).unwrap_or_default(),
            status_ids: None,
            target_account: self.account(account),
            appeal: None,
            created_at: time::moment(reasons.decision.at),
        })
    }

    fn group(&self, group: &GroupView) -> Group {
        group_of(group, self.warning(group.decision.as_ref(), group.accounts.first()))
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
            notification_groups: groups.iter().map(|group| self.group(group)).collect(),
        }
    }
}

/// The API's word for a power.
fn action_of(power: &str) -> &'static str {
    match power {
        "take_down" | "break_glass" => "suspend",
        "limit" => "silence",
        "freeze" => "disable",
        _ => "none",
    }
}

fn group_of(group: &GroupView, moderation_warning: Option<AccountWarning>) -> Group {
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
        moderation_warning,
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
