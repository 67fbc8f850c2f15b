//! The contract of the store: one suite, on SQLite always, on PostgreSQL when `VPCD_TEST_POSTGRES` names an
//! empty database (`eval "$(tests/postgres.sh)"` starts one).

#[cfg(test)]
#[path = "contract/base.rs"]
mod base;
#[cfg(test)]
#[path = "contract/dump.rs"]
mod dump;
#[cfg(test)]
#[path = "contract/durability.rs"]
mod durability;
#[cfg(test)]
#[path = "contract/model.rs"]
mod model;
#[cfg(test)]
#[path = "contract/plans.rs"]
mod plans;
#[cfg(test)]
#[path = "contract/race.rs"]
mod race;
#[cfg(test)]
#[path = "contract/resources.rs"]
mod resources;
#[cfg(test)]
#[path = "contract/server.rs"]
mod server;
#[cfg(test)]
#[path = "contract/tables.rs"]
mod tables;
#[cfg(test)]
#[path = "contract/transactions.rs"]
mod transactions;

macro_rules! suite {
    ($($module:ident::$test:ident),* $(,)?) => {
        #[cfg(test)]
        mod sqlite {
            $(#[test] fn $test() { crate::$module::$test(&crate::base::Database::sqlite()); })*
        }
        #[cfg(test)]
        mod postgres {
            $(#[test] fn $test() {
                if let Some(database) = crate::base::Database::postgres(stringify!($test)) {
                    crate::$module::$test(&database);
                }
            })*
        }
    };
}

suite![
    resources::rows_are_inserted_read_updated_deleted,
    resources::pages_follow_id_and_creation,
    resources::text_is_ordered_by_its_bytes,
    resources::counts_are_per_kind_and_project,
    resources::pending_and_settle_follow_the_generation,
    resources::edges_restrict_deletion,
    resources::edges_need_both_ends,
    resources::deletion_takes_edges_and_claims_along,
    tables::claims_are_held_once,
    tables::tallies_add_up_and_forget,
    tables::claims_find_their_neighbours,
    tables::dirty_targets_come_when_due,
    tables::a_late_mark_survives_a_clear,
    tables::replay_keeps_answers_until_they_expire,
    tables::credentials_are_kept_sealed,
    tables::events_are_numbered_and_trimmed,
    tables::settings_are_listed_by_prefix,
    dump::an_export_comes_back_the_same,
    dump::an_unknown_export_changes_nothing,
    transactions::a_failure_rolls_back_its_own_work_only,
    transactions::a_panic_is_an_answer,
    transactions::a_swallowed_error_does_not_commit,
    transactions::a_refusal_leaves_the_transaction_usable,
    transactions::a_snapshot_stands_still,
    transactions::a_reader_cannot_write,
    transactions::the_read_only_switch_refuses_and_recovers,
    transactions::several_values_come_in_the_order_asked_for,
    transactions::parameters_are_vetted,
    transactions::names_are_counted,
    transactions::a_second_store_sees_the_same,
    transactions::readiness_really_writes,
    race::cidr_blocks_have_one_winner_each,
    race::addresses_are_handed_out_once,
    race::a_quota_is_never_exceeded,
    model::random_operations_agree_with_a_model,
];
