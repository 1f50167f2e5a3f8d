-- Words and facts in one column of the index, whose terms can be listed; and searches that people saved.

drop table trace_search;

drop index traces_by_cost;

drop index traces_by_duration;

create virtual table trace_search using fts5(
    terms, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);

create virtual table trace_terms using fts5vocab(trace_search, instance);

update traces set indexed = null where indexed is not null;

create table saved_views (
    person text not null,
    name text not null,
    address text not null,
    saved_at integer not null,
    primary key (person, name)
) strict, without rowid;
