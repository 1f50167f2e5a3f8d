-- What people did with each set, in a narrow row for reports; and how much a headline was changed, known for good.

create table edit_efforts (
    feedback integer primary key references feedback (id),
    word_edits integer not null check (word_edits >= 0),
    words integer not null check (words > 0)
) strict;

create table receptions (
    trace text primary key references traces (id),
    asked_at integer not null,
    desk text not null,
    prompt text not null,
    version integer not null,
    model text not null,
    said integer not null check (said in (0, 1)),
    decided integer not null,
    ranks text not null,
    edited integer not null,
    hter real,
    word_edits real,
    all_rejected integer not null check (all_rejected in (0, 1)),
    thumbs_up integer not null,
    thumbs_down integer not null
) strict, without rowid;

-- Sets from this trace id on have their row; those before are brought in by and by.
create table reception_progress (
    kept_from text not null
) strict;

insert into reception_progress select iif(exists (select 1 from feedback), 'g', '');
