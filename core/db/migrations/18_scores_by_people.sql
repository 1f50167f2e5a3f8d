-- A way to the few headlines that people scored, past all the feedback there is.

create index feedback_scores on feedback (trace) where kind = 'score';
