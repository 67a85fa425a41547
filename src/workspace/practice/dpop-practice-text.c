/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice-text-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DpopPracticeName names[DPOP_PRACTICE_TEXT_PEOPLE] = {
  { "Mireille", "Dubois" },   { "Tomasz", "Kowalski" },   { "Ayşe", "Yıldız" },
  { "Henrik", "Lindqvist" },  { "Nkechi", "Okafor" },     { "Giulia", "Ferrari" },
  { "Rajesh", "Menon" },      { "Brigitte", "Hofmann" },  { "Samuel", "Adeyemi" },
  { "Ines", "Carvalho" },     { "Yuki", "Nakamura" },     { "Patrick", "O'Brien" },
  { "Leila", "Haddad" },      { "Jakub", "Novák" },       { "Marta", "Sánchez" },
  { "Olena", "Kovalenko" },   { "Pieter", "de Vries" },   { "Fatima", "Benali" },
  { "Anders", "Nielsen" },    { "Mei", "Chen" },          { "Dimitris", "Papadakis" },
  { "Rosa", "Quispe" },       { "Karin", "Bergström" },   { "Ibrahim", "Diallo" },
  { "Eszter", "Szabó" },      { "Thandi", "Nkosi" },      { "Luca", "Moretti" },
  { "Amira", "Rahman" },      { "Gwen", "Davies" },       { "Vasile", "Ionescu" },
  { "Sigrún", "Jónsdóttir" }, { "Minh", "Nguyễn" },       { "Clara", "Weber" },
  { "Mateo", "Rojas" },       { "Zofia", "Wiśniewska" },  { "Elif", "Demir" },
  { "Aino", "Virtanen" },     { "Desmond", "Clarke" },    { "Hanna", "Schneider" },
  { "Petar", "Horvat" },      { "Soo-jin", "Park" },      { "Beatriz", "Almeida" },
  { "Omar", "Farouk" },       { "Maeve", "Kelly" },       { "Jan", "Dvořák" },
  { "Priya", "Sharma" },      { "Étienne", "Lefèvre" },   { "Liisa", "Tamm" },
  { "Abebe", "Tesfaye" },     { "Greta", "Huber" },       { "Nuno", "Ferreira" },
  { "Daria", "Petrova" },     { "Wilhelm", "Brandt" },    { "Aroha", "Ngata" },
  { "Chiara", "Rizzo" },      { "Kwame", "Mensah" },      { "Ilse", "Janssens" },
  { "Farid", "Karimi" },      { "Lucía", "Herrera" },     { "Bence", "Kiss" },
};

const DpopPracticeName *
dpop_practice_text_name (guint number)
{
  return &names[number % G_N_ELEMENTS (names)];
}

/* --- Proposals. ------------------------------------------------------------------------------ */

const DpopPracticeMotion dpop_practice_text_motions[] = {
  { N_("A second open evening each month"),
    N_("Shall we keep our rooms open on a second evening each month, from autumn on?"),
    { N_("The first one is full every time. A second would take the pressure off."),
      N_("We have too few people to keep the doors open as it is."),
      N_("Who would have the keys on that evening?") } },
  { N_("Raise the membership fee by a fifth"),
    N_("Shall the membership fee rise by one fifth from January on?"),
    { N_("Rent and heating went up. The fee has been the same for six years."),
      N_("For some of us this is a lot of money. We would lose members."),
      N_("What would a reduced fee look like for those who cannot pay?") } },
  { N_("A place for bicycles in the yard"),
    N_("Shall we build a covered place for twelve bicycles in the yard, for 1,800 at most?"),
    { N_("Half of us come by bicycle, and they stand in the rain."),
      N_("The money is better spent on the roof."),
      N_("Has anyone asked the owner of the house?") } },
  { N_("Buy a projector of our own"),
    N_("Shall we buy a projector for our meetings, for 600 at most?"),
    { N_("We have borrowed one eight times this year. It pays for itself."),
      N_("It will be old in four years. Let us go on borrowing."),
      N_("Could others in the house use it too, and share the cost?") } },
  { N_("Plant three trees before the hall"),
    N_("Shall we ask the town to plant three trees before the hall, and look after them?"),
    { N_("Shade in summer, and something to look at. I will help with the watering."),
      N_("We would have to water them for years. Who does that in August?"),
      N_("Which kind of tree? Limes drop honeydew on everything below.") } },
  { N_("A stand at the street festival"),
    N_("Shall our group have a stand at the street festival in June?"),
    { N_("Last time eleven people asked how to join. It is worth the day."),
      N_("June is full already. I do not see who would do it."),
      N_("How many of us would have to be there?") } },
  { N_("A library of tools"),
    N_("Shall we set up a library of tools from which every member may borrow?"),
    { N_("Nobody needs a drill of their own for two holes a year."),
      N_("Tools break, and then there is a quarrel about who pays."),
      N_("Where would it be kept, and who has the list?") } },
  { N_("Childcare during meetings"),
    N_("Shall we pay for childcare during the general meeting?"),
    { N_("Then parents can come as a couple, and stay to the end."),
      N_("I would rather begin earlier, so that children can come along."),
      N_("What does it cost for one evening?") } },
  { N_("An open letter on the bus line"),
    N_("Shall we write an open letter for the night bus to be kept?"),
    { N_("Without the bus half of the town cannot come to anything after nine."),
      N_("This is not what we are here for."),
      N_("Who else would sign it?") } },
  { N_("Minutes for everyone within a week"),
    N_("Shall minutes be sent to all members within a week after each meeting?"),
    { N_("I forget what was said after two weeks. A week is right."),
      N_("Those who write them do it unpaid. Do not put a clock beside them."),
      N_("Would a list of the decisions be enough for a start?") } },
  { N_("A summer meeting outdoors"),
    N_("Shall the meeting in July be held in the park?"),
    { N_("Last summer the room had thirty degrees."),
      N_("Not everyone hears well outdoors. Please think of that."),
      N_("What do we do if it rains?") } },
  { N_("Mend the kitchen before anything else"),
    N_("Shall the kitchen be mended this year, for 2,400 at most?"),
    { N_("The tap has dripped since spring, and the oven trips the fuse."),
      N_("A new kitchen will come with the house in two years anyway."),
      N_("Is there a second offer, or only this one?") } },
  { N_("A day to welcome new members"),
    N_("Shall there be a day in September to welcome those who joined this year?"),
    { N_("I knew nobody in my first year. This would have helped."),
      N_("A letter and a telephone call do the same."),
      N_("Could those who joined last year plan it?") } },
  { N_("Lend our rooms to the repair group"),
    N_("Shall the repair group have our rooms on Saturdays, without rent, for a year?"),
    { N_("They have mended two lamps of ours already. It is a good neighbour."),
      N_("Without rent is too little. They should pay for the light."),
      N_("Who locks up afterwards?") } },
  { N_("A reserve of three months"),
    N_("Shall we put money aside until it lasts for three months without any income?"),
    { N_("After the last winter I would sleep better."),
      N_("Fees are there to be used, not to lie in a bank."),
      N_("How long would it take us to get there?") } },
  { N_("A wall for notices in the hall"),
    N_("Shall we put up a wall for notices, open to every member?"),
    { N_("Not everyone reads e-mail. Paper on a wall is read."),
      N_("After a month it is full of old things that nobody takes down."),
      N_("How large, and on which wall?") } },
};

const guint dpop_practice_text_n_motions = G_N_ELEMENTS (dpop_practice_text_motions);

const DpopPracticeMotion *
dpop_practice_text_find (const char *title)
{
  for (guint i = 0; title != NULL && i < G_N_ELEMENTS (dpop_practice_text_motions); i++)
    if (strcmp (title, _(dpop_practice_text_motions[i].title)) == 0)
      return &dpop_practice_text_motions[i];
  return NULL;
}

/* --- What fits anything. --------------------------------------------------------------------- */

static const char *const sentences_for[] = {
  N_("I am for it. It is a small step, and we can take it back if it does not work."),
  N_("Thank you for writing this down. I have wanted it for a long time."),
  N_("It is clear what would change, and what it costs. I will vote yes."),
  N_("We have talked about this often enough. Let us try it for a year."),
  N_("I know others who have done the same, and they are content."),
  N_("I would help to put it into practice."),
  NULL,
};

static const char *const sentences_against[] = {
  N_("I understand the wish, but I would not do it now."),
  N_("Who will do the work? As long as that is open, I am against it."),
  N_("I would rather finish what we have begun."),
  N_("It sounds good, but I fear it will cost more than it says here."),
  N_("I do not see what it would make better."),
  NULL,
};

static const char *const sentences_asking[] = {
  N_("Could someone say in two sentences what would change for us?"),
  N_("By when would it begin?"),
  N_("Has anyone looked at what it costs in a year?"),
  N_("Is there somebody who would take care of it?"),
  N_("What happens if we do nothing?"),
  NULL,
};

static const char *const about_options[] = {
  N_("I could live with any of the first two."),
  N_("It is good that there is a choice. I have a favourite, but no objections."),
  N_("I would like to hear a reason for each of them before we vote."),
  N_("Is the list complete? I can think of one more."),
  N_("Let us choose what most can live with, not what a few love."),
  NULL,
};

static const char *const answers[] = {
  N_("Thank you, I had not seen it like that."),
  N_("That is a fair point. I still see it a little differently."),
  N_("I agree with you."),
  N_("Good that you say so. I would like to hear what the others think."),
  N_("Could you give an example?"),
  N_("That would decide it for me as well."),
  NULL,
};

static const char *const options[] = {
  N_("As it was proposed"),
  N_("A smaller beginning, for half a year"),
  N_("Put it off until the next meeting"),
  N_("Ask a workgroup to look at it first"),
  NULL,
};

const char *const *
dpop_practice_text_sentences (DpopPracticeView view)
{
  switch (view)
    {
    case DPOP_PRACTICE_FOR:
      return sentences_for;
    case DPOP_PRACTICE_AGAINST:
      return sentences_against;
    case DPOP_PRACTICE_ASKS:
    case DPOP_PRACTICE_N_VIEWS:
    default:
      return sentences_asking;
    }
}

const char *const *
dpop_practice_text_about_options (void)
{
  return about_options;
}

const char *const *
dpop_practice_text_answers (void)
{
  return answers;
}

const char *const *
dpop_practice_text_options (void)
{
  return options;
}
