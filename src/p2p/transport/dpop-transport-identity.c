/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-transport-identity-private.h"

#include "dpop-transport-error.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#define RANDOM_SIZE 16

struct _DpopTransportIdentity
{
  GTlsCertificate *certificate;
  DpopHandshakeGate *gate;
};

/* 2000-01-01, and the end that RFC 5280 has for certificates without one. */
#define NOT_BEFORE ((time_t) 946684800)
#define NOT_AFTER  ((time_t) 253402300799)

/* Fills CERTIFICATE in; the first failure is what it returns. */
static int
write_certificate (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
  guint8 serial[RANDOM_SIZE], name[RANDOM_SIZE];
  char text[2 * RANDOM_SIZE + 1];
  DpopRandom random = dpop_random_system ();
  int status = gnutls_x509_crt_set_version (certificate, 3);

  dpop_random_fill (random, serial, sizeof serial);
  dpop_random_fill (random, name, sizeof name);
  serial[0] = (serial[0] & 0x7f) | 0x40; /* a positive number, always of this size */
  for (guint i = 0; i < sizeof name; i++)
    g_snprintf (text + 2 * i, 3, "%02x", name[i]);
  if (status >= 0)
    status = gnutls_x509_crt_set_serial (certificate, serial, sizeof serial);
  if (status >= 0)
    status = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, text,
                                            sizeof text - 1);
  if (status >= 0)
    status = gnutls_x509_crt_set_activation_time (certificate, NOT_BEFORE);
  if (status >= 0)
    status = gnutls_x509_crt_set_expiration_time (certificate, NOT_AFTER);
  if (status >= 0)
    status = gnutls_x509_crt_set_key (certificate, key);
  if (status >= 0)
    status = gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA512, 0);
  return status;
}

static GTlsCertificate *
to_gio (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key, GError **error)
{
  gnutls_datum_t crt_pem = { NULL, 0 }, key_pem = { NULL, 0 };
  GTlsCertificate *result = NULL;
  int status = gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &crt_pem);

  /* GIO takes the key as PKCS#8 only. */
  if (status >= 0)
    status = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                &key_pem);
  if (status < 0)
    dpop_transport_fail (error, DPOP_TRANSPORT_ERROR_FAILED, gnutls_strerror (status));
  else
    {
      g_autofree char *pem = g_strdup_printf ("%s\n%s", (char *) crt_pem.data,
                                              (char *) key_pem.data);

      result = g_tls_certificate_new_from_pem (pem, -1, error);
      gnutls_memset (pem, 0, strlen (pem));
      gnutls_memset (key_pem.data, 0, key_pem.size);
    }
  gnutls_free (crt_pem.data);
  gnutls_free (key_pem.data);
  return result;
}

static GTlsCertificate *
make_certificate (GError **error)
{
  gnutls_x509_privkey_t key = NULL;
  gnutls_x509_crt_t certificate = NULL;
  GTlsCertificate *result = NULL;
  int status = gnutls_x509_privkey_init (&key);

  if (status >= 0)
    status = gnutls_x509_crt_init (&certificate);
  if (status >= 0)
    status = gnutls_x509_privkey_generate (key, GNUTLS_PK_EDDSA_ED25519, 0, 0);
  if (status >= 0)
    status = write_certificate (certificate, key);
  if (status >= 0)
    result = to_gio (certificate, key, error);
  else
    dpop_transport_fail (error, DPOP_TRANSPORT_ERROR_FAILED, gnutls_strerror (status));
  g_clear_pointer (&certificate, gnutls_x509_crt_deinit);
  g_clear_pointer (&key, gnutls_x509_privkey_deinit);
  return result;
}

DpopTransportIdentity *
dpop_transport_identity_new (GError **error)
{
  GTlsCertificate *certificate = make_certificate (error);
  DpopTransportIdentity *self;

  if (certificate == NULL)
    return NULL;
  self = g_rc_box_new0 (DpopTransportIdentity);
  self->certificate = certificate;
  self->gate = dpop_handshake_gate_new ();
  return self;
}

DpopTransportIdentity *
dpop_transport_identity_ref (DpopTransportIdentity *self)
{
  return g_rc_box_acquire (self);
}

static void
identity_clear (gpointer data)
{
  DpopTransportIdentity *self = data;

  g_clear_object (&self->certificate);
  g_clear_pointer (&self->gate, dpop_handshake_gate_unref);
}

void
dpop_transport_identity_unref (DpopTransportIdentity *self)
{
  g_rc_box_release_full (self, identity_clear);
}

GTlsCertificate *
dpop_transport_identity_certificate (DpopTransportIdentity *self)
{
  return self->certificate;
}

DpopHandshakeGate *
dpop_transport_identity_gate (DpopTransportIdentity *self)
{
  return self->gate;
}
