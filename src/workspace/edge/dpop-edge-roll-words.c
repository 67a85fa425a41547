/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-words-private.h"

#include "dpop-edge-name.h"

/* How lists of members head their columns in English, German, French, Spanish and Italian. What is
 * not here on purpose: "Nr.", "No", "ID" (mostly the number of the line: taken for a member number,
 * it would join the wrong people at the next import). */
static const struct
{
  guint meaning;
  const char *words;
} headings[] = {
  { DPOP_EDGE_ROLL_GIVEN_NAME, "given name|given names|first name|first|forename|christian name|"
                               "Vorname|Vornamen|Rufname|"
                               "prénom|prénoms|nombre de pila|primer nombre|nome di battesimo" },
  { DPOP_EDGE_ROLL_FAMILY_NAME,
    "family name|last name|last|surname|"
    "Nachname|Familienname|Zuname|"
    "nom de famille|nom d'usage|apellido|apellidos|primer apellido|cognome" },
  { DPOP_EDGE_ROLL_FULL_NAME,
    "full name|display name|member name|name of member|"
    "vollständiger Name|Vor- und Nachname|Vorname Nachname|Vor- und Zuname|Vorname Name|"
    "Name, Vorname|Nachname, Vorname|Mitgliedsname|"
    "nom complet|nom et prénom|nom prénom|prénom et nom|prénom nom|"
    "nombre completo|nombre y apellidos|apellidos y nombre|"
    "nome completo|nome e cognome|cognome e nome|nominativo" },
  { DPOP_EDGE_ROLL_WORD_NAME, "name|nom" },
  { DPOP_EDGE_ROLL_WORD_NOME, "nome|nombre" },
  { DPOP_EDGE_ROLL_EMAIL,
    "email|mail|email address|mail address|"
    "E-Mail-Adresse|Mailadresse|E-Mail privat|elektronische Post|"
    "courriel|adresse email|adresse mail|adresse électronique|adresse courriel|mél|"
    "correo|correo electrónico|dirección de correo|dirección de correo electrónico|"
    "posta elettronica|indirizzo email|indirizzo di posta elettronica" },
  { DPOP_EDGE_ROLL_PHONE,
    "phone|telephone|phone number|telephone number|mobile|mobile phone|mobile number|cell|"
    "cell phone|tel|"
    "Telefon|Telefonnummer|Telefonnr|Rufnummer|Handy|Handynummer|mobil|Mobiltelefon|Mobilnummer|"
    "Festnetz|Telefon privat|Telefon mobil|"
    "téléphone|numéro de téléphone|téléphone portable|portable|tél|"
    "teléfono|número de teléfono|móvil|celular|telefono|numero di telefono|cellulare" },
  { DPOP_EDGE_ROLL_STREET,
    "street|street address|address|address line 1|postal address|"
    "Straße|Straße und Hausnummer|Straße Hausnummer|Straße Nr|Anschrift|Adresse|Postanschrift|"
    "rue|adresse postale|voie|calle|dirección|domicilio|dirección postal|"
    "via|indirizzo|indirizzo postale" },
  { DPOP_EDGE_ROLL_POSTCODE,
    "postcode|postal code|zip|zip code|Postleitzahl|PLZ|code postal|CP|NPA|código postal|"
    "codice postale|CAP" },
  { DPOP_EDGE_ROLL_CITY, "city|town|place|locality|Ort|Wohnort|Stadt|ville|commune|localité|"
                         "ciudad|localidad|población|municipio|città|comune|località" },
  { DPOP_EDGE_ROLL_COUNTRY, "country|Land|Staat|pays|país|paese|nazione" },
  { DPOP_EDGE_ROLL_BORN,
    "born|born on|date of birth|birth date|birthday|DOB|"
    "geboren|geboren am|Geburtsdatum|Geburtstag|geb|geb. am|Gebdatum|Geb.-Dat.|"
    "né le|née le|né(e) le|date de naissance|naissance|"
    "fecha de nacimiento|nacimiento|nacido el|data di nascita|nato il|nata il|nascita" },
  { DPOP_EDGE_ROLL_JOINED,
    "joined|joined on|date joined|join date|member since|entry date|admission date|"
    "date of joining|"
    "Eintritt|Eintrittsdatum|eingetreten|eingetreten am|Mitglied seit|Beitritt|Beitrittsdatum|"
    "Aufnahmedatum|"
    "adhésion|date d'adhésion|date d'entrée|membre depuis|"
    "fecha de alta|alta|fecha de ingreso|miembro desde|socio desde|"
    "data di iscrizione|iscrizione|iscritto dal|socio dal|membro dal|data di adesione" },
  { DPOP_EDGE_ROLL_NUMBER,
    "member number|membership number|member no|membership no|member id|membership id|"
    "Mitgliedsnummer|Mitgliedsnr|Mitgliednummer|Mitglied-Nr|Mitglieder-Nr|Mgl.-Nr.|MNr|"
    "Mitglieds-ID|"
    "numéro de membre|numéro membre|numéro d'adhérent|n° d'adhérent|n° adhérent|no adhérent|"
    "n° de membre|n° membre|"
    "número de socio|n.º de socio|nº socio|n° socio|número de miembro|número de afiliado|"
    "numero socio|numero di socio|numero tessera|n. tessera|tessera|matricola" },
  { DPOP_EDGE_ROLL_UNIT,
    "unit|local group|group|branch|section|chapter|"
    "Ortsgruppe|Ortsverein|Ortsverband|Kreisverband|Regionalgruppe|Lokalgruppe|Gruppe|Sektion|"
    "Abteilung|Gliederung|"
    "section locale|groupe|groupe local|comité local|antenne|"
    "sección|grupo|grupo local|agrupación|sezione|gruppo|gruppo locale|circolo" },
  { DPOP_EDGE_ROLL_STATE,
    "status|member status|membership status|member state|membership state|"
    "Mitgliedsstatus|Mitgliederstatus|Mitgliedschaftsstatus|"
    "statut|statut du membre|estado del socio|situación|stato socio|stato iscrizione" },
  { DPOP_EDGE_ROLL_WORD_STATE, "state|état|estado|stato" },
  { DPOP_EDGE_ROLL_NOTE,
    "note|notes|comment|comments|remark|remarks|"
    "Notiz|Notizen|Bemerkung|Bemerkungen|Anmerkung|Anmerkungen|Kommentar|"
    "remarque|remarques|commentaire|commentaires|"
    "nota|notas|observaciones|comentario|comentarios|annotazioni|osservazioni|commento" },
};

static const struct
{
  DpopEdgeRollState state;
  const char *words;
} states[] = {
  { DPOP_EDGE_ROLL_APPLICANT,
    "applicant|applied|candidate|pending|"
    "Antrag|Antragsteller|Antragstellerin|Bewerber|Bewerberin|Anwärter|Anwärterin|beantragt|"
    "candidat|postulant|postulante|demande en cours|"
    "solicitante|candidato|candidata|aspirante|pendiente|richiedente|in attesa" },
  { DPOP_EDGE_ROLL_MEMBER, "member|active|full member|"
                           "Mitglied|aktiv|Vollmitglied|ordentlich|ordentliches Mitglied|"
                           "membre|actif|membre actif|adhérent|adhérente|"
                           "miembro|socio|socia|activo|activa|afiliado|afiliada|"
                           "membro|attivo|attiva|iscritto|iscritta" },
  { DPOP_EDGE_ROLL_SUSPENDED,
    "suspended|paused|dormant|gesperrt|ausgesetzt|ruhend|ruht|suspendiert|"
    "suspendu|suspendue|suspendido|suspendida|sospeso|sospesa" },
  { DPOP_EDGE_ROLL_FORMER,
    "former|former member|ex-member|left|resigned|expelled|inactive|deceased|"
    "ehemalig|ehemals|ehemaliges Mitglied|ausgetreten|ausgeschieden|ausgeschlossen|gekündigt|"
    "inaktiv|verstorben|"
    "ancien|ancienne|ancien membre|ancienne membre|démissionnaire|parti|partie|radié|radiée|"
    "inactif|décédé|décédée|"
    "exmiembro|exsocio|exsocia|baja|inactivo|inactiva|fallecido|fallecida|"
    "ex socio|ex socia|dimesso|dimessa|cessato|cessata|inattivo|inattiva|deceduto|deceduta" },
};

static void
add_words (GHashTable *table, const char *words, guint meaning)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);

  for (guint i = 0; list[i] != NULL; i++)
    g_hash_table_insert (table, dpop_edge_name_word_key (list[i]), GUINT_TO_POINTER (meaning));
}

GHashTable *
dpop_edge_roll_words_headings (void)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    add_words (table, headings[i].words, headings[i].meaning + 1);
  return table;
}

GHashTable *
dpop_edge_roll_words_states (void)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    add_words (table, states[i].words, states[i].state);
  return table;
}
