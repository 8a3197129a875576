# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's modules, listed one by one: what isn't listed can't be attacked, and costs no start-up time."""

from __future__ import annotations

REQUIRED: tuple[str, ...] = (
    # Clocks and sound formats.
    "res_timing_timerfd",
    "codec_alaw",
    "codec_ulaw",
    "codec_a_mu",
    "codec_g722",
    "codec_resample",
    "format_pcm",
    "format_sln",
    "format_wav",
    "res_format_attr_opus",
    "res_musiconhold",
    # Media.
    "res_crypto",
    "res_srtp",
    "res_rtp_asterisk",
    # Not bridge_native_rtp: it passes packets on with their sender's numbers. A phone that is bridged to one caller after another sees
    # its stream's numbers jump back, and some then drop minutes of speech as too late.
    "bridge_simple",
    "bridge_softmix",
    "bridge_holding",
    # SIP. res_pjsip_refer needs res_pjsip_pubsub; registrations are kept in the engine's own small database.
    "res_sorcery_config",
    "res_sorcery_memory",
    "res_sorcery_astdb",
    "res_pjproject",
    "res_statsd",
    "res_geolocation",
    "res_http_websocket",
    "res_pjsip",
    "res_pjsip_pubsub",
    "res_pjsip_session",
    "res_pjsip_authenticator_digest",
    "res_pjsip_outbound_authenticator_digest",
    "res_pjsip_outbound_registration",
    "res_pjsip_endpoint_identifier_ip",
    "res_pjsip_endpoint_identifier_user",
    "res_pjsip_registrar",
    "res_pjsip_sdp_rtp",
    "res_pjsip_caller_id",
    "res_pjsip_diversion",
    "res_pjsip_dtmf_info",
    "res_pjsip_empty_info",
    "res_pjsip_dlg_options",
    "res_pjsip_header_funcs",
    "res_pjsip_nat",
    "res_pjsip_path",
    "res_pjsip_refer",
    "res_pjsip_rfc3326",
    "res_pjsip_transport_websocket",
    "res_security_log",
    "chan_pjsip",
    # The application's side. res_ari_channels needs res_stasis_snoop.
    "res_stasis",
    "res_stasis_answer",
    "res_stasis_device_state",
    "res_stasis_playback",
    "res_stasis_recording",
    "res_stasis_snoop",
    "res_ari",
    "res_ari_model",
    "res_ari_applications",
    "res_ari_asterisk",
    "res_ari_bridges",
    "res_ari_channels",
    "res_ari_device_states",
    "res_ari_endpoints",
    "res_ari_events",
    "res_ari_playbacks",
    "res_ari_recordings",
    "res_ari_sounds",
    "app_stasis",
    # The dialplan that stands alone when the application is away.
    "pbx_config",
    "app_dial",
    "app_echo",
    "app_exec",
    "app_playback",
    "app_queue",
    "app_record",
    "app_stack",
    "app_verbose",
    "func_base64",
    "func_callerid",
    "func_channel",
    "func_cut",
    "func_env",
    "func_global",
    "func_groupcount",
    "func_hangupcause",
    "func_logic",
    "func_pjsip_endpoint",
    "func_strings",
    "func_timeout",
)
"""Without one of these the switchboard doesn't work."""

WANTED: tuple[str, ...] = (
    # From 22.5 on, res_ari needs it.
    "res_websocket_client",
    # Opus between unlike parties. Asterisk itself only passes Opus through; Debian carries the open transcoder.
    "codec_opus_open_source",
    "codec_gsm",
    "format_gsm",
)
"""Loaded when the engine has them."""
