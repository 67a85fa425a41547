/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The agreement of four witnesses, one of them faulty, on one height: src/cosmic/finality/, after
 * algorithm 1 of arXiv:1807.04938, whose lines are cited.
 *
 * What it abstracts:
 *  - Two values, both valid. Time, inclusion and validity are not modelled: they only let a witness
 *    prevote nil, which here it may always do.
 *  - The network is a set of what was ever said. A witness acts on it whenever it likes, or not at
 *    all: loss, delay, reordering and doubling are that. Every timer may run out at any moment, and
 *    a witness may go to the next round from any step, which covers lines 55 and 65.
 *  - The faulty witness is in no state: wherever a quorum lacks one vote, it may give it, to each as
 *    it likes; where it proposes, it proposes to each what it likes, with every proof that exists.
 *  - A crash is nothing: what is on disk is all that a witness is.
 *  - ROUNDS rounds; whichever value an honest witness proposes in round 0 is called 1.
 *
 * Checked: no two values have, or could be given, a quorum of precommits, whatever the rounds.
 * With -DCALM: from every state of that, once messages arrive in time and are passed on, a value is
 * decided within CALM_ROUNDS rounds, whoever proposes first and whatever the faulty one does. There
 * rounds go in step; the faulty one gives its prevote in time, or so late that some lock and others
 * do not, or never.
 *
 * Known-bad, to be caught: -DFORGETS_LOCK in a new round; -DANY_PROOF lets go of a lock for a proof
 * that is older; -DCALM -DKEEPS_VOTES does not pass on what others said. */

#define HONEST 3 /* witnesses 0, 1, 2; witness 3 is faulty */
#define N      4
#define ENOUGH 2 /* honest votes of a quorum of three */

#ifndef ROUNDS
#define ROUNDS 3
#endif
#define CALM_ROUNDS 5

#define NONE 0
#define NIL  3 /* values are 1 and 2 */

#define PROPOSE   0
#define PREVOTE   1
#define PRECOMMIT 2

/* Rounds in these are one more than they are: 0 is none. */
byte round[HONEST];
byte step[HONEST];
byte locked[HONEST];
byte locked_round[HONEST];
byte valid[HONEST];
byte valid_round[HONEST];

byte first; /* who proposes in round 0 */
byte proposal[ROUNDS];
byte proposal_proof[ROUNDS];
byte prevotes[2 * ROUNDS]; /* by round, value 1 or 2: how many honest, but no more than are ENOUGH */
byte precommits[2 * ROUNDS];
bool certified[3];

#define AT(r, v) ((r) * 2 + (v) - 1)
#define PROPOSER(r) ((first + (r)) % N)
#define PROVEN(r, v) (prevotes[AT (r, v)] >= ENOUGH)

byte p, v, proof;

inline count (vote)
{
  if
  :: vote < ENOUGH -> vote++
  :: else
  fi
}

/* 23 and 29: V with a proof of round PROOF - 1, or none. */
#ifdef ANY_PROOF
#define UNLOCKS (proof > 0)
#else
#define UNLOCKS (proof > 0 && locked_round[p] <= proof)
#endif
#define ACCEPTS (locked[p] == NONE || locked[p] == v || UNLOCKS)

inline prevote (what)
{
  if
  :: what != NIL -> count (prevotes[AT (round[p], what)])
  :: else
  fi;
  step[p] = PREVOTE
}

/* 11 to 21. */
inline propose ()
{
  if
  :: valid[p] != NONE -> proposal[round[p]] = valid[p]; proposal_proof[round[p]] = valid_round[p]
  :: valid[p] == NONE -> proposal[round[p]] = 1
  :: valid[p] == NONE && round[p] > 0 -> proposal[round[p]] = 2 /* 1 is whatever comes first */
  fi
}

/* Whether P proposes in a later round: only then it matters what it knows to be valid, and that it
 * may learn of it after its precommit. Who does not goes on at once. */
#define LATER(r) ((r) < ROUNDS && PROPOSER (r) == p)
#ifdef CALM
#define KEEPS_VALID true
#else
#define KEEPS_VALID (LATER (round[p] + 1) || LATER (round[p] + 2))
#endif

/* 22 to 33. */
inline consider ()
{
  if
  :: PROPOSER (round[p]) != 3 -> v = proposal[round[p]]; proof = proposal_proof[round[p]]
  :: PROPOSER (round[p]) == 3 -> v = 1; proof = 0
  :: PROPOSER (round[p]) == 3 -> v = 2; proof = 0
  :: PROPOSER (round[p]) == 3 && round[p] > 0 && PROVEN (0, 1) -> v = 1; proof = 1
  :: PROPOSER (round[p]) == 3 && round[p] > 0 && PROVEN (0, 2) -> v = 2; proof = 1
  :: PROPOSER (round[p]) == 3 && round[p] > 1 && PROVEN (1, 1) -> v = 1; proof = 2
  :: PROPOSER (round[p]) == 3 && round[p] > 1 && PROVEN (1, 2) -> v = 2; proof = 2
  fi;
  if
  :: ACCEPTS -> prevote (v)
  :: else -> prevote (NIL)
  fi;
  v = 0;
  proof = 0
}

/* 36 to 43. */
#define SEES(r, w) (PROVEN (r, w) && (PROPOSER (r) == 3 || proposal[r] == w))

inline next_round ()
{
  round[p]++;
  step[p] = PROPOSE;
#ifdef FORGETS_LOCK
  locked[p] = NONE;
  locked_round[p] = 0;
#endif
}

inline precommit ()
{
  if
  :: KEEPS_VALID || round[p] + 1 == ROUNDS -> step[p] = PRECOMMIT
  :: else -> next_round ()
  fi
}

inline see (w)
{
  if
  :: KEEPS_VALID -> valid[p] = w; valid_round[p] = round[p] + 1
  :: else
  fi;
  if
  :: step[p] == PREVOTE ->
     locked[p] = w;
     locked_round[p] = round[p] + 1;
     count (precommits[AT (round[p], w)]);
     /* 49: the faulty one may add its own. */
     if
     :: precommits[AT (round[p], w)] >= ENOUGH -> certified[w] = true
     :: else
     fi;
     assert (!(certified[1] && certified[2]));
     precommit ()
  :: else
  fi
}

inline act ()
{
  if
  :: step[p] == PROPOSE && PROPOSER (round[p]) == p && proposal[round[p]] == NONE -> propose ()
  :: step[p] == PROPOSE && (PROPOSER (round[p]) == 3 || proposal[round[p]] != NONE) -> consider ()
  :: step[p] == PROPOSE -> prevote (NIL) /* 57 */
  :: step[p] >= PREVOTE && valid_round[p] <= round[p] && SEES (round[p], 1) -> see (1)
  :: step[p] >= PREVOTE && valid_round[p] <= round[p] && SEES (round[p], 2) -> see (2)
  :: step[p] == PREVOTE -> precommit () /* 44, 61: nil */
  :: step[p] == PRECOMMIT && round[p] + 1 < ROUNDS -> next_round () /* 55, 65 */
  :: else
  fi
}

#ifdef CALM
byte turn, k, votes[3], given, top;
bool decided;

/* What the round's proposer says to P: V and PROOF. Proofs of the faulty one are those that some
 * honest witness has seen, or that were left over: what binds is that P accepts, so it is enough
 * that it may say whatever P would accept, or not. */
inline calm_consider ()
{
  if
  :: (first + turn) % N != 3 -> skip
  :: (first + turn) % N == 3 -> v = 1; proof = 0
  :: (first + turn) % N == 3 -> v = 2; proof = 0
  :: (first + turn) % N == 3 && valid[p] != NONE -> v = valid[p]; proof = valid_round[p]
  fi;
  if
  :: ACCEPTS -> votes[v]++
  :: else
  fi
}

inline calm_round ()
{
  votes[1] = 0;
  votes[2] = 0;
  top++; /* the number of this round, one more than it is */
  if
  :: (first + turn) % N == 3 -> skip
  :: (first + turn) % N != 3 && valid[(first + turn) % N] != NONE ->
     v = valid[(first + turn) % N];
     proof = valid_round[(first + turn) % N]
  :: (first + turn) % N != 3 && valid[(first + turn) % N] == NONE -> v = 1; proof = 0
  :: (first + turn) % N != 3 && valid[(first + turn) % N] == NONE -> v = 2; proof = 0
  fi;
  for (p : 0 .. HONEST - 1) { calm_consider () }
  /* The faulty one gives its vote in time, too late for some to lock, or never. */
  given = 0;
  if
  :: votes[1] == HONEST -> given = 1; decided = true
  :: votes[2] == HONEST -> given = 2; decided = true
  :: votes[1] == ENOUGH -> given = 1
  :: votes[2] == ENOUGH -> given = 2
  :: votes[1] < HONEST && votes[2] < HONEST -> skip
  fi;
  if
  :: given != 0 ->
     for (p : 0 .. HONEST - 1) {
       if
       :: locked[p] = given; locked_round[p] = top; valid[p] = given; valid_round[p] = top
#ifdef KEEPS_VOTES
       :: skip
#else
       :: valid[p] = given; valid_round[p] = top /* passed on before the next round */
#endif
       fi
     }
  :: else
  fi;
  given = 0;
  votes[1] = 0;
  votes[2] = 0;
  v = 0;
  proof = 0;
  p = 0;
  turn++;
  k++
}

/* From now on everything arrives in time. All meet in the round after the last that anyone was in;
 * of what was before, only locks and what is known to be valid still matter. */
inline calm ()
{
  top = ROUNDS;
  turn = ROUNDS;
  decided = certified[1] || certified[2]; /* whoever holds the votes shows them */
  for (p : 0 .. HONEST - 1) { round[p] = 0; step[p] = PROPOSE }
  for (k : 0 .. 2 * ROUNDS - 1) { prevotes[k] = 0; precommits[k] = 0 }
  for (k : 0 .. ROUNDS - 1) { proposal[k] = 0; proposal_proof[k] = 0 }
  certified[1] = false;
  certified[2] = false;
  k = 0;
  p = 0
}
#endif

init
{
  atomic {
    if
    :: first = 0
    :: first = 1
    :: first = 2
    :: first = 3
    fi
  }
  do
  :: atomic { p = 0; act (); p = 0 }
  :: atomic { p = 1; act (); p = 0 }
  :: atomic { p = 2; act (); p = 0 }
#ifdef CALM
  :: atomic { calm (); break }
#endif
  od;
#ifdef CALM
  do
  :: atomic { !decided && k < CALM_ROUNDS -> calm_round () }
  :: atomic { else -> assert (decided); break }
  od
#endif
}
