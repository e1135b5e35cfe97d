//! The proof, by cvc5 through Cedar's symbolic compiler: of every request that can be written, and so of every policy.
//!
//! An error of the solver, its absence, and "unknown" fail the tests: nothing is skipped.

use cedar_policy::{Authorizer, Decision, Effect, Policy as Rule, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::solver::LocalSolver;
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicy, CompiledPolicySet, Env};

use super::super::{FLOOR, Policy, SCHEMA, ask, read};
use super::floor_rules::{ALWAYS, FLOOR_RULES};
use super::matrix::is_in_the_matrix;
use crate::power::{Power, Tier};

const PERMIT_EVERYTHING: &str = "permit (principal, action, resource);";

/// The solver, and everything that can be asked of one schema.
struct Prover {
    compiler: CedarSymCompiler<LocalSolver>,
    schema: Schema,
}

impl Prover {
    fn new() -> Self {
        let solver = LocalSolver::cvc5().unwrap_or_else(|error| {
            panic!("the proof of the policy needs the solver cvc5 ({error}). On Debian or Ubuntu: apt-get install cvc5")
        });
        let compiler = CedarSymCompiler::new(solver).expect("the solver can be asked");
        Self { compiler, schema: SCHEMA.parse().expect("the schema can be read") }
    }

    /// One for each power.
    fn environments(&self) -> Vec<RequestEnv> {
        let environments: Vec<_> = self.schema.request_envs().collect();
        assert_eq!(environments.len(), Power::ALL.len());
        environments
    }

    fn compiled(&self, rules: &[Rule], environment: &RequestEnv) -> CompiledPolicySet {
        let set = PolicySet::from_policies(rules.iter().cloned()).expect("ids differ");
        CompiledPolicySet::compile(&set, environment, &self.schema).expect("the rules are valid")
    }

    /// A request that `rules` permit and `wanted` does not; none: there is none, proven.
    async fn counterexample(&mut self, rules: &CompiledPolicySet, wanted: &CompiledPolicySet) -> Option<Env> {
        self.compiler.check_implies_with_counterexample_opt(rules, wanted).await.expect("the solver answers yes or no")
    }
}

fn rules(layer: &str, text: &str) -> Vec<Rule> {
    read::layer(layer, text.as_bytes()).expect("the text is a policy")
}

fn floor_and(deployment: &str) -> Vec<Rule> {
    [rules("floor", FLOOR), rules("rule", deployment)].concat()
}

/// "Everything is permitted for which `condition` holds."
fn everything_where(condition: &str) -> Vec<Rule> {
    rules("wanted", &format!("permit (principal, action, resource) when {{ {condition} }};"))
}

/// What Cedar's evaluator says of a request that the solver found.
fn evaluated(found: &Env, rules: &[Rule]) -> Decision {
    let set = PolicySet::from_policies(rules.iter().cloned()).expect("ids differ");
    Authorizer::new().is_authorized(&found.request, &set, &found.entities).decision()
}

fn named(rule: &Rule) -> &str {
    rule.annotation("id").expect("each line of the floor and of the default policy has an @id")
}

/// The first rule of the floor that `lines` with permit-everything break, with a request that shows it.
async fn first_broken(prover: &mut Prover, lines: &[Rule]) -> Option<(String, Env)> {
    let everything = [lines, &rules("rule", PERMIT_EVERYTHING)].concat();
    for environment in prover.environments() {
        let compiled = prover.compiled(&everything, &environment);
        for rule in FLOOR_RULES {
            let wanted = prover.compiled(&everything_where(rule.condition), &environment);
            if let Some(found) = prover.counterexample(&compiled, &wanted).await {
                assert_eq!(evaluated(&found, &everything), Decision::Allow);
                return Some((format!("{} ({})", rule.name, environment.action()), found));
            }
        }
    }
    None
}

/// A request that the floor should permit by itself and, as `lines`, does not.
async fn first_locked_out(prover: &mut Prover, lines: &[Rule]) -> Option<Env> {
    let always = rules("always", ALWAYS);
    for environment in prover.environments() {
        let (always, lines) = (prover.compiled(&always, &environment), prover.compiled(lines, &environment));
        if let Some(found) = prover.counterexample(&always, &lines).await {
            return Some(found);
        }
    }
    None
}

#[tokio::test]
async fn whatever_a_deployment_permits_the_floor_holds_for_every_power() {
    let mut prover = Prover::new();
    let broken = first_broken(&mut prover, &rules("floor", FLOOR)).await;
    assert!(broken.is_none(), "{broken:?}");
}

#[tokio::test]
async fn whatever_a_deployment_forbids_one_person_restores_and_steps_up() {
    let mut prover = Prover::new();
    let locked_out = first_locked_out(&mut prover, &rules("floor", FLOOR)).await;
    assert!(locked_out.is_none(), "{locked_out:?}");
}

#[tokio::test]
async fn no_line_of_the_floor_can_be_left_out() {
    let mut prover = Prover::new();
    let lines = rules("floor", FLOOR);
    for (at, line) in lines.iter().enumerate() {
        let others = [&lines[..at], &lines[at + 1..]].concat();
        let is_missed = match line.effect() {
            Effect::Forbid => first_broken(&mut prover, &others).await.is_some(),
            Effect::Permit => first_locked_out(&mut prover, &others).await.is_some(),
        };
        assert!(is_missed, "without {} nothing is different", named(line));
    }
}

#[tokio::test]
async fn no_line_of_floor_or_default_policy_can_fail_to_evaluate() {
    let mut prover = Prover::new();
    for line in floor_and(Policy::default_text()) {
        for environment in line.get_valid_request_envs(&prover.schema.clone()) {
            let compiled = CompiledPolicy::compile(&line, &environment, &prover.schema).expect("the line is valid");
            let never_fails = prover.compiler.check_never_errors_opt(&compiled).await.expect("the solver answers");
            assert!(never_fails, "{} can fail for {}", named(&line), environment.action());
        }
    }
}

#[tokio::test]
async fn the_default_policy_reaches_each_cell_of_the_matrix_and_no_other() {
    let mut prover = Prover::new();
    for environment in prover.environments() {
        let power = Power::ALL.iter().find(|power| ask::action(**power) == *environment.action()).expect("a power");
        for tier in Tier::ALL {
            let only = format!("forbid (principal, action, resource) unless {{ resource == Tier::\"{tier}\" }};");
            let asked = [floor_and(Policy::default_text()), rules("only", &only)].concat();
            let compiled = prover.compiled(&asked, &environment);
            let never = prover.compiled(&everything_where("false"), &environment);
            let found = prover.counterexample(&compiled, &never).await;
            assert_eq!(found.is_some(), is_in_the_matrix(*power, *tier), "{power} over {tier}: {found:?}");
            assert!(found.is_none_or(|found| evaluated(&found, &asked) == Decision::Allow), "{power} over {tier}");
        }
    }
}

#[tokio::test]
async fn the_floor_forbids_nothing_beyond_its_rules() {
    let mut prover = Prover::new();
    let conditions: Vec<_> = FLOOR_RULES.iter().map(|rule| format!("({})", rule.condition)).collect();
    let wanted = everything_where(&conditions.join(" && "));
    for environment in prover.environments() {
        let wanted = prover.compiled(&wanted, &environment);
        let permitted = prover.compiled(&floor_and(PERMIT_EVERYTHING), &environment);
        let found = prover.counterexample(&wanted, &permitted).await;
        assert!(found.is_none(), "{found:?}");
    }
}
