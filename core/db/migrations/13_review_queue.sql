-- What people should look at, and who does; the rules that bring it in hold for what comes from now on.

create table review_rules (
    number integer primary key check (number > 0),
    content text not null check (json_valid(content)),
    note text not null,
    author text not null,
    created_at integer not null,
    after_feedback integer not null,
    after_trace integer not null
) strict;

create trigger review_rules_stay before update on review_rules
begin select raise(abort, 'a version of the rules never changes; save a new one'); end;

create trigger review_rules_are_kept before delete on review_rules
begin select raise(abort, 'a version of the rules is never deleted'); end;

create trigger review_rules_are_not_replaced before insert on review_rules
when exists (select 1 from review_rules where number = new.number)
begin select raise(abort, 'a version of the rules never changes; save a new one'); end;

insert into review_rules (number, content, note, author, created_at, after_feedback, after_trace)
select 1,
    '{"everywhere":{"thumbs_down":true,"all_rejected":true,"heavy_edits":0.5,"failed_checks":3,"random_share":0.02},'
    || '"desks":{},"second_share":0.1,"labels":["factual error","misleading","off tone","clickbait","wrong language",'
    || '"too long or short","good after all"]}',
    'What Copydesk starts with.', 'copydesk', cast(strftime('%s', 'now') as integer) * 1000,
    (select coalesce(max(id), 0) from feedback), (select coalesce(max(number), 0) from traces);

create table review_progress (
    feedback integer not null,
    trace integer not null
) strict;

insert into review_progress (feedback, trace) select after_feedback, after_trace from review_rules;

create table review_pending (
    trace integer primary key references traces (number)
) strict;

insert into review_pending (trace) select number from traces where status = 'open';

create table review_items (
    id integer primary key,
    trace text not null unique references traces (id),
    desk text not null,
    state text not null check (state in ('waiting', 'withdrawn', 'done')),
    waiting_since integer not null,
    wanted integer not null check (wanted in (1, 2)),
    readings integer not null default 0 check (readings between 0 and wanted),
    holder text,
    held_until integer,
    assignee text,
    check ((holder is null) = (held_until is null)),
    check (state = 'waiting' or holder is null)
) strict;

create index review_items_waiting on review_items (waiting_since, id) where state = 'waiting';

create table review_reasons (
    item integer not null references review_items (id),
    kind text not null check (
        kind in ('thumb_down', 'all_rejected', 'heavy_edit', 'failed_checks', 'random', 'by_hand')
    ),
    person text not null default '',
    position integer not null default -1,
    figure real,
    text text,
    rules integer references review_rules (number),
    at integer not null,
    stands integer not null check (stands in (0, 1)),
    primary key (item, kind, person, position)
) strict, without rowid;

create table review_events (
    id integer primary key,
    item integer not null references review_items (id),
    kind text not null check (
        kind in (
            'entered', 'claimed', 'released', 'assigned', 'labelled', 'commented', 'corrected', 'second_reader',
            'resolved', 'collected', 'withdrawn', 'reopened'
        )
    ),
    person text,
    text text,
    position integer,
    at integer not null
) strict;

create index review_events_of_item on review_events (item, id);

create trigger review_events_stay before update on review_events
begin select raise(abort, 'what was done in the queue never changes'); end;

create trigger review_events_are_kept before delete on review_events
begin select raise(abort, 'what was done in the queue is never deleted'); end;

create trigger review_events_are_not_replaced before insert on review_events
when exists (select 1 from review_events where id = new.id)
begin select raise(abort, 'what was done in the queue never changes'); end;
