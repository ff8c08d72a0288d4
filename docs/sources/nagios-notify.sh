#!/bin/sh
# Posts a notification of Nagios, Icinga 2 or Checkmk to a Scanner Trigger, as the fields of a form.
# Checkmk: ~/local/share/check_mk/notifications/halo, parameters 1 address, 2 secret, 3 company.
# Nagios and Icinga 2: HALO_URL, HALO_TOKEN and HALO_COMPANY in the environment, and the macros of nagios.md.
set -eu

if [ -n "${NOTIFY_HOSTNAME:-}" ]; then
    MONITORING=checkmk
    HALO_URL=${NOTIFY_PARAMETER_1:-} HALO_TOKEN=${NOTIFY_PARAMETER_2:-}
    HALO_COMPANY=${NOTIFY_HOSTLABEL_company:-${NOTIFY_PARAMETER_3:-}}
    SERVER=${NOTIFY_OMD_SITE:-} TYPE=${NOTIFY_NOTIFICATIONTYPE:-}
    HOST=$NOTIFY_HOSTNAME ADDRESS=${NOTIFY_HOSTADDRESS:-}
    TIME=${NOTIFY_MICROTIME:-} COMMENT=${NOTIFY_NOTIFICATIONCOMMENT:-}
    if [ "${NOTIFY_WHAT:-}" = SERVICE ]; then
        SERVICE=$NOTIFY_SERVICEDESC STATE=$NOTIFY_SERVICESTATE
        OUTPUT=${NOTIFY_SERVICEOUTPUT:-} LONG=${NOTIFY_LONGSERVICEOUTPUT:-}
    else
        SERVICE='' STATE=$NOTIFY_HOSTSTATE OUTPUT=${NOTIFY_HOSTOUTPUT:-} LONG=${NOTIFY_LONGHOSTOUTPUT:-}
    fi
else
    MONITORING=${MONITORING:-nagios} SERVER=${SERVER:-$(hostname)}
    TYPE=${NOTIFICATIONTYPE:?} HOST=${HOSTNAME_:?} ADDRESS=${HOSTADDRESS:-}
    SERVICE=${SERVICEDESC:-} TIME=${TIMET:-} COMMENT=${NOTIFICATIONCOMMENT:-} LONG=${LONGOUTPUT:-}
    STATE=${SERVICESTATE:-${HOSTSTATE:-}} OUTPUT=${SERVICEOUTPUT:-${HOSTOUTPUT:-}}
fi

# Anything but a success fails, so that the monitoring system logs it.
curl --silent --show-error --fail --max-time 30 \
    --header "X-Webhook-Token: $HALO_TOKEN" \
    --data-urlencode "monitoring=$MONITORING" --data-urlencode "server=$SERVER" \
    --data-urlencode "type=$TYPE" --data-urlencode "host=$HOST" \
    --data-urlencode "address=$ADDRESS" --data-urlencode "service=$SERVICE" \
    --data-urlencode "state=$STATE" --data-urlencode "output=$OUTPUT" \
    --data-urlencode "long_output=$LONG" --data-urlencode "comment=$COMMENT" \
    --data-urlencode "time=$TIME" --data-urlencode "company=${HALO_COMPANY:-}" \
    "$HALO_URL"
