-- Sums of the calls of every hour and day; those on record so far are counted by and by.

create table rollups (
    span integer not null check (span in (3600000, 86400000)),
    start integer not null check (start % span = 0),
    environment text not null,
    desk text not null,
    prompt text not null,
    version integer not null,
    model text not null,
    source text not null,
    calls integer not null,
    valid integer not null,
    repaired integer not null,
    incomplete integer not null,
    failed integer not null,
    interrupted integer not null,
    asked integer not null,
    given integer not null,
    input_tokens integer not null,
    output_tokens integer not null,
    tokens_unknown integer not null,
    cost integer not null,
    cost_unknown integer not null,
    fails integer not null,
    warns integer not null,
    hints integer not null,
    flagged_headlines integer not null,
    flagged_sets integer not null,
    picks integer not null,
    edits integer not null,
    rejections integer not null,
    all_rejections integer not null,
    accepted_sets integer not null,
    edited_sets integer not null,
    word_edits integer not null,
    edited_words integer not null,
    thumbs_up integer not null,
    thumbs_down integer not null,
    thumbed_down_sets integer not null,
    durations blob not null,
    first_headlines blob not null,
    primary key (span, start, environment, desk, prompt, version, model, source)
) strict, without rowid;

create table rollup_progress (
    counted_from integer not null check (counted_from > 0)
) strict;

insert into rollup_progress select coalesce(max(number), 0) + 1 from traces;
