# Sourced by the image before Solr starts: the config set that environments' cores are made from, the folder for backups,
# and an empty core of Staging. What is there stays as it is.
config_set=/var/solr/data/configsets/_default
staging=/var/solr/data/shop_staging

mkdir -p /var/solr/backups
if [[ ! -d $config_set ]]; then
  mkdir -p "$config_set"
  cp -r /opt/offshoot/_default "$config_set/conf"
fi
if [[ ! -e $staging/core.properties ]]; then
  mkdir -p "$staging"
  echo "configSet=_default" > "$staging/core.properties"
fi
