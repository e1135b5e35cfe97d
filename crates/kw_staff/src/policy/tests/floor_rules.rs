//! The floor said once more, as what must be true of everything permitted. Written from the design and not from the floor:
//! powers are listed one by one, and not by the groups of the schema.

/// A rule: its name, and a Cedar condition that holds for every permitted request, whatever the deployment's policy.
pub(super) struct FloorRule {
    pub(super) name: &'static str,
    pub(super) condition: &'static str,
}

macro_rules! over {
    (accounts) => {
        r#"[Action::"limit", Action::"take_down", Action::"remove_post", Action::"freeze", Action::"reset_sign_in",
            Action::"change_email", Action::"rename", Action::"read_private", Action::"tier_down", Action::"label_remove",
            Action::"purge", Action::"erase_opening", Action::"break_glass"].contains(action)"#
    };
    (widening) => {
        r#"[Action::"roster_widen", Action::"key_enrol", Action::"policy", Action::"alert", Action::"witness",
            Action::"origin"].contains(action)"#
    };
    (narrowing) => {
        r#"[Action::"roster_narrow", Action::"key_end"].contains(action)"#
    };
    (alone) => {
        r#"(principal == Mode::"solo" && (context.delay == Delay::"three_days" || context.delay == Delay::"week" ||
            context.delay == Delay::"month"))"#
    };
    (two) => {
        "(context has first && context has second && context.first.person != context.second.person)"
    };
    (three) => {
        "(context has first && context has second && context has third && context.first.person != context.second.person &&
            context.first.person != context.third.person && context.second.person != context.third.person)"
    };
    (two_teams) => {
        "((context has first && context has second && context.first.team != context.second.team) ||
            (context has first && context has third && context.first.team != context.third.team) ||
            (context has second && context has third && context.second.team != context.third.team))"
    };
}

/// What must be true of everything permitted.
pub(super) const FLOOR_RULES: &[FloorRule] = &[
    FloorRule { name: "somebody", condition: "context has first" },
    FloorRule {
        name: "a person counts once",
        condition: "(if context has first && context has second then context.first.person != context.second.person else true) &&
            (if context has first && context has third then context.first.person != context.third.person else true) &&
            (if context has second && context has third then context.second.person != context.third.person else true)",
    },
    FloorRule {
        name: "nobody whose powers ended",
        condition: "(if context has first then !context.first.powers_ended else true) &&
            (if context has second then !context.second.powers_ended else true) &&
            (if context has third then !context.third.powers_ended else true)",
    },
    FloorRule {
        name: "two for a notable account",
        condition: concat!(
            "!(resource == Tier::\"notable\" && ",
            over!(accounts),
            ") || ",
            over!(two),
            " || ",
            over!(alone)
        ),
    },
    FloorRule {
        name: "three for a protected account",
        condition: concat!("!(resource == Tier::\"protected\" && ", over!(accounts), ") || ", over!(three)),
    },
    FloorRule {
        name: "two teams for a protected account",
        condition: concat!(
            "!(resource == Tier::\"protected\" && context.live_teams > 1 && ",
            over!(accounts),
            ") || ",
            over!(two_teams)
        ),
    },
    FloorRule {
        name: "two for the house",
        condition: concat!("!(", over!(widening), " || ", over!(narrowing), ") || ", over!(two), " || ", over!(alone)),
    },
    FloorRule {
        name: "three to widen the house",
        condition: concat!("!(context.live > 3 && ", over!(widening), ") || ", over!(three), " || ", over!(alone)),
    },
    FloorRule {
        name: "two teams to widen the house",
        condition: concat!(
            "!(context.live_teams > 1 && ",
            over!(widening),
            ") || ",
            over!(two_teams),
            " || ",
            over!(alone)
        ),
    },
    FloorRule {
        name: "no break-glass above ordinary",
        condition: "action != Action::\"break_glass\" || resource == Tier::\"ordinary\"",
    },
    FloorRule {
        name: "a stalled house restores and steps up",
        condition: "principal != Mode::\"stalled\" || action == Action::\"restore\" || action == Action::\"step_up\"",
    },
    FloorRule {
        name: "two to undo where that was said",
        condition: concat!(
            "!(action == Action::\"restore\" && context.undo_needs > 1 && context.live > 1) || ",
            over!(two)
        ),
    },
];

/// When the floor permits by itself: whoever may restore or step up alone can, in every mode and under every policy.
pub(super) const ALWAYS: &str = r#"
permit (principal, action in [Action::"restore", Action::"step_up"], resource)
when {
  context has first && !(context has second) && !(context has third) && !context.first.powers_ended &&
  (context.first.support || context.first.moderator || context.first.trust_lead || context.first.security) &&
  (action == Action::"step_up" || context.undo_needs <= 1 || context.live <= 1)
};"#;
