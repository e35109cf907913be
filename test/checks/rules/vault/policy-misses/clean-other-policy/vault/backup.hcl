path "kv/data/backup/*" {
  capabilities = ["read"]
}
