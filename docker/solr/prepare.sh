# Sourced by the image before Solr starts: the folder for backups, and an empty core of Staging. What is there stays as it is.
# Config sets are in a volume of their own, which the workers write.
staging=/var/solr/data/shop_staging

mkdir -p /var/solr/backups
if [[ ! -e $staging/core.properties ]]; then
  mkdir -p "$staging"
  echo "configSet=_default" > "$staging/core.properties"
fi
