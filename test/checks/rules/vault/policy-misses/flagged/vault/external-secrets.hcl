# The policy of the role external-secrets.
path "kv/data/external-secrets/*" {
  capabilities = ["create", "read", "update"]
}

path "kv/metadata/external-secrets/*" {
  capabilities = ["read", "list"]
}
