SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.absence_overlaps_no_other() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF EXISTS (
                    SELECT 1 FROM escalations_absence other
                    WHERE other.id <> NEW.id AND other.contact_id = NEW.contact_id
                    AND other.first_day <= NEW.last_day AND NEW.first_day <= other.last_day) THEN
        RAISE check_violation USING MESSAGE = 'absence_overlaps_no_other', CONSTRAINT = 'absence_overlaps_no_other';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.contactpoint_replacements_follow_each_other() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.id = NEW.replaced_by_id AND other.replaced_on <= NEW.replaced_on
                ) OR EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.replaced_by_id = NEW.id AND NEW.replaced_on <= other.replaced_on
                ) THEN
        RAISE check_violation USING MESSAGE = 'contactpoint_replacements_follow_each_other', CONSTRAINT = 'contactpoint_replacements_follow_each_other';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.directory_auditentry_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF FALSE THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE integrity_constraint_violation USING MESSAGE = 'directory_auditentry is append-only';
    END $$;
CREATE FUNCTION public.directory_checkpoint_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF FALSE THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE integrity_constraint_violation USING MESSAGE = 'directory_checkpoint is append-only';
    END $$;
CREATE FUNCTION public.directory_currentedition_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.number > OLD.number AND NEW.service_id IS NOT DISTINCT FROM OLD.service_id) THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE integrity_constraint_violation USING MESSAGE = 'directory_currentedition is append-only';
    END $$;
CREATE FUNCTION public.directory_edition_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.document IS NOT DISTINCT FROM OLD.document AND NEW.document_digest IS NOT DISTINCT FROM OLD.document_digest AND NEW.search_text IS NOT DISTINCT FROM OLD.search_text AND NEW.digest IS NOT DISTINCT FROM OLD.digest AND NEW.identity IS NOT DISTINCT FROM OLD.identity AND NEW.published_at IS NOT DISTINCT FROM OLD.published_at AND NEW.nonce IS NOT DISTINCT FROM OLD.nonce AND NEW.seal IS NOT DISTINCT FROM OLD.seal AND NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at AND NEW.erasure_seal IS NOT DISTINCT FROM OLD.erasure_seal AND NEW.erased_by_id IS NOT DISTINCT FROM OLD.erased_by_id AND NEW.proposed_by_id IS NOT DISTINCT FROM OLD.proposed_by_id AND NEW.published_by_id IS NOT DISTINCT FROM OLD.published_by_id AND NEW.service_id IS NOT DISTINCT FROM OLD.service_id) OR (NEW.withdrawn_at IS NULL AND OLD.erased_at IS NULL AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.document IS NOT DISTINCT FROM OLD.document AND NEW.document_digest IS NOT DISTINCT FROM OLD.document_digest AND NEW.search_text IS NOT DISTINCT FROM OLD.search_text AND NEW.digest IS NOT DISTINCT FROM OLD.digest AND NEW.identity IS NOT DISTINCT FROM OLD.identity AND NEW.published_at IS NOT DISTINCT FROM OLD.published_at AND NEW.nonce IS NOT DISTINCT FROM OLD.nonce AND NEW.seal IS NOT DISTINCT FROM OLD.seal AND NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at AND NEW.erasure_seal IS NOT DISTINCT FROM OLD.erasure_seal AND NEW.erased_by_id IS NOT DISTINCT FROM OLD.erased_by_id AND NEW.proposed_by_id IS NOT DISTINCT FROM OLD.proposed_by_id AND NEW.published_by_id IS NOT DISTINCT FROM OLD.published_by_id AND NEW.service_id IS NOT DISTINCT FROM OLD.service_id) OR (OLD.withdrawn_at IS NOT NULL AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.document = '' AND NEW.nonce = '' AND NEW.search_text = '' AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.document_digest IS NOT DISTINCT FROM OLD.document_digest AND NEW.digest IS NOT DISTINCT FROM OLD.digest AND NEW.identity IS NOT DISTINCT FROM OLD.identity AND NEW.published_at IS NOT DISTINCT FROM OLD.published_at AND NEW.seal IS NOT DISTINCT FROM OLD.seal AND NEW.withdrawn_at IS NOT DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_reason IS NOT DISTINCT FROM OLD.withdrawn_reason AND NEW.withdrawal_seal IS NOT DISTINCT FROM OLD.withdrawal_seal AND NEW.proposed_by_id IS NOT DISTINCT FROM OLD.proposed_by_id AND NEW.published_by_id IS NOT DISTINCT FROM OLD.published_by_id AND NEW.service_id IS NOT DISTINCT FROM OLD.service_id AND NEW.withdrawn_by_id IS NOT DISTINCT FROM OLD.withdrawn_by_id) OR (OLD.erased_at IS NULL AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.document IS NOT DISTINCT FROM OLD.document AND NEW.document_digest IS NOT DISTINCT FROM OLD.document_digest AND NEW.digest IS NOT DISTINCT FROM OLD.digest AND NEW.identity IS NOT DISTINCT FROM OLD.identity AND NEW.published_at IS NOT DISTINCT FROM OLD.published_at AND NEW.nonce IS NOT DISTINCT FROM OLD.nonce AND NEW.seal IS NOT DISTINCT FROM OLD.seal AND NEW.withdrawn_at IS NOT DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_reason IS NOT DISTINCT FROM OLD.withdrawn_reason AND NEW.withdrawal_seal IS NOT DISTINCT FROM OLD.withdrawal_seal AND NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at AND NEW.erasure_seal IS NOT DISTINCT FROM OLD.erasure_seal AND NEW.erased_by_id IS NOT DISTINCT FROM OLD.erased_by_id AND NEW.proposed_by_id IS NOT DISTINCT FROM OLD.proposed_by_id AND NEW.published_by_id IS NOT DISTINCT FROM OLD.published_by_id AND NEW.service_id IS NOT DISTINCT FROM OLD.service_id AND NEW.withdrawn_by_id IS NOT DISTINCT FROM OLD.withdrawn_by_id) THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE integrity_constraint_violation USING MESSAGE = 'directory_edition is append-only';
    END $$;
CREATE FUNCTION public.escalationlevel_follows_the_one_before() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF NEW.level > 1 AND NOT EXISTS (
                    SELECT 1 FROM escalations_escalationlevel other
                    WHERE other.policy_id = NEW.policy_id AND other.level = NEW.level - 1) THEN
        RAISE check_violation USING MESSAGE = 'escalationlevel_follows_the_one_before', CONSTRAINT = 'escalationlevel_follows_the_one_before';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.escalationlevel_has_a_contact_once() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF EXISTS (
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until) AND other.contact_id = NEW.contact_id) THEN
        RAISE check_violation USING MESSAGE = 'escalationlevel_has_a_contact_once', CONSTRAINT = 'escalationlevel_has_a_contact_once';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.escalationlevel_has_one_time() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF EXISTS (
                    
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until)
                    AND other.escalate_after_minutes <> NEW.escalate_after_minutes) THEN
        RAISE check_violation USING MESSAGE = 'escalationlevel_has_one_time', CONSTRAINT = 'escalationlevel_has_one_time';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.escalationlevel_has_one_title() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF NEW.title <> '' AND EXISTS (
                    
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until) AND other.title <> '' AND other.title <> NEW.title) THEN
        RAISE check_violation USING MESSAGE = 'escalationlevel_has_one_title', CONSTRAINT = 'escalationlevel_has_one_title';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.exceptionspan_overlaps_no_other() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF EXISTS (
                    SELECT 1 FROM directory_exceptionspan other
                    WHERE other.id <> NEW.id AND other.exception_id = NEW.exception_id
                    AND (other.closes <= other.opens OR NEW.opens < other.closes)
                    AND (NEW.closes <= NEW.opens OR other.opens < NEW.closes)) THEN
        RAISE check_violation USING MESSAGE = 'exceptionspan_overlaps_no_other', CONSTRAINT = 'exceptionspan_overlaps_no_other';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.scheduleexception_every_year_is_no_longer_than_a_year() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF NEW.every_year
                    AND CAST(replace(CAST(NEW.last_day AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(NEW.first_day AS varchar(10)), '-', '') AS integer) + 10000 THEN
        RAISE check_violation USING MESSAGE = 'scheduleexception_every_year_is_no_longer_than_a_year', CONSTRAINT = 'scheduleexception_every_year_is_no_longer_than_a_year';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.timespan_every_year_is_no_longer_than_a_year() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF NEW.every_year
                    AND CAST(replace(CAST(NEW.valid_until AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(NEW.valid_from AS varchar(10)), '-', '') AS integer) + 10000 THEN
        RAISE check_violation USING MESSAGE = 'timespan_every_year_is_no_longer_than_a_year', CONSTRAINT = 'timespan_every_year_is_no_longer_than_a_year';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.timespan_overlaps_no_other() RETURNS trigger
    LANGUAGE plpgsql
    SET "DateStyle" TO 'ISO'
    AS $$
BEGIN
    IF EXISTS (
                    SELECT 1 FROM directory_timespan other
                    WHERE other.id <> NEW.id AND other.schedule_id = NEW.schedule_id
                    AND (
        (
        NEW.valid_from IS NULL OR other.valid_until IS NULL OR other.every_year
        OR NEW.valid_from <= other.valid_until) AND (
        other.valid_from IS NULL OR NEW.valid_until IS NULL OR NEW.every_year
        OR other.valid_from <= NEW.valid_until) AND (
            (NOT NEW.every_year AND NOT other.every_year)
            OR (NOT NEW.every_year AND (NEW.valid_until IS NULL OR CAST(replace(CAST(NEW.valid_until AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), '-', '') AS integer) + 10000)) OR (NOT other.every_year AND (other.valid_until IS NULL OR CAST(replace(CAST(other.valid_until AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), '-', '') AS integer) + 10000))
            OR (CASE WHEN substr(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), 6) <= substr(CAST(other.valid_until AS varchar(10)), 6) THEN substr(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), 6) >= substr(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), 6) AND substr(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), 6) <= substr(CAST(other.valid_until AS varchar(10)), 6)
        ELSE substr(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), 6) >= substr(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), 6) OR substr(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), 6) <= substr(CAST(other.valid_until AS varchar(10)), 6) END)
            OR (CASE WHEN substr(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), 6) <= substr(CAST(NEW.valid_until AS varchar(10)), 6) THEN substr(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), 6) >= substr(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), 6) AND substr(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), 6) <= substr(CAST(NEW.valid_until AS varchar(10)), 6)
        ELSE substr(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), 6) >= substr(CAST(CASE WHEN NEW.every_year OR NEW.valid_from > other.valid_from
        THEN NEW.valid_from ELSE other.valid_from END AS varchar(10)), 6) OR substr(CAST(CASE WHEN other.every_year OR other.valid_from > NEW.valid_from
        THEN other.valid_from ELSE NEW.valid_from END AS varchar(10)), 6) <= substr(CAST(NEW.valid_until AS varchar(10)), 6) END)))
                    AND (
                        (other.day = NEW.day
                         AND (other.closes <= other.opens OR NEW.opens < other.closes)
                         AND (NEW.closes <= NEW.opens OR other.opens < NEW.closes))
                        OR (NEW.closes <= NEW.opens AND other.opens < NEW.closes AND other.day =
                            CASE NEW.day WHEN 7 THEN 1 WHEN 8 THEN 0 ELSE NEW.day + 1 END)
                        OR (other.closes <= other.opens AND NEW.opens < other.closes AND NEW.day =
                            CASE other.day WHEN 7 THEN 1 WHEN 8 THEN 0 ELSE other.day + 1 END))) THEN
        RAISE check_violation USING MESSAGE = 'timespan_overlaps_no_other', CONSTRAINT = 'timespan_overlaps_no_other';
    END IF;
    RETURN NULL;
END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user (
    id integer NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);
CREATE TABLE public.auth_user_groups (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.auth_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.auth_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user_user_permissions (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_auditentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    event character varying(40) NOT NULL,
    user_key bigint,
    user_name character varying(150) NOT NULL,
    address character varying(45) NOT NULL,
    request_id character varying(64) NOT NULL,
    about_kind character varying(100) NOT NULL,
    about_key character varying(64) NOT NULL,
    about_name character varying(200) NOT NULL,
    details jsonb NOT NULL,
    CONSTRAINT auditentry_event_is_known CHECK (((event)::text = ANY ((ARRAY['signed_in'::character varying, 'sign_in_failed'::character varying, 'locked_out'::character varying, 'signed_out'::character varying, 'session_ended'::character varying, 'password_link_sent'::character varying, 'password_set'::character varying, 'factor_added'::character varying, 'factor_removed'::character varying, 'factor_reset'::character varying, 'factor_failed'::character varying, 'factor_confirmed'::character varying, 'recovery_codes_made'::character varying, 'recovery_code_used'::character varying, 'recovery_asked'::character varying, 'recovered'::character varying, 'person_invited'::character varying, 'invitation_withdrawn'::character varying, 'person_added'::character varying, 'person_changed'::character varying, 'person_deactivated'::character varying, 'person_activated'::character varying, 'person_unlocked'::character varying, 'person_deleted'::character varying, 'rights_granted'::character varying, 'rights_taken'::character varying, 'role_added'::character varying, 'role_changed'::character varying, 'role_deleted'::character varying, 'published'::character varying, 'proposal_made'::character varying, 'proposal_published'::character varying, 'proposal_refused'::character varying, 'proposal_taken_back'::character varying, 'proposal_altered'::character varying, 'edition_withdrawn'::character varying, 'edition_shown_again'::character varying, 'edition_erased'::character varying, 'changed'::character varying, 'change_undone'::character varying, 'change_restored'::character varying, 'entries_withdrawn'::character varying, 'entries_shown_again'::character varying, 'entries_erased'::character varying, 'publishers_not_told'::character varying, 'imported'::character varying, 'exported'::character varying, 'withdrawn_contents_read'::character varying, 'searched_everywhere'::character varying, 'checkpoint_signed'::character varying, 'alteration_found'::character varying])::text[])))
);
ALTER TABLE public.directory_auditentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_auditentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_channel (
    id bigint NOT NULL,
    valid_from date,
    valid_until date,
    code character varying(50) NOT NULL,
    medium character varying(20) NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    for_abroad boolean NOT NULL,
    languages character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    service_id bigint NOT NULL,
    schedule_id bigint,
    CONSTRAINT channel_languages_are_codes CHECK (((languages)::text ~ '^([a-z]{2,3}(, [a-z]{2,3})*)?$'::text)),
    CONSTRAINT channel_validity_is_in_order CHECK (((valid_from IS NULL) OR (valid_until IS NULL) OR (valid_until >= valid_from))),
    CONSTRAINT directory_channel_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.directory_channel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_channel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_channel_request_types (
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    requesttype_id bigint NOT NULL
);
ALTER TABLE public.directory_channel_request_types ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_channel_request_types_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_channelcontact (
    id bigint NOT NULL,
    label character varying(120) NOT NULL,
    menu_options character varying(120) NOT NULL,
    extensions character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    channel_id bigint NOT NULL,
    contact_point_id bigint NOT NULL,
    CONSTRAINT directory_channelcontact_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.directory_channelcontact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_channelcontact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_checkpoint (
    id bigint NOT NULL,
    number integer NOT NULL,
    note text NOT NULL,
    CONSTRAINT checkpoint_has_a_note CHECK ((NOT (note = ''::text))),
    CONSTRAINT checkpoint_number_begins_at_one CHECK ((number >= 1)),
    CONSTRAINT directory_checkpoint_number_check CHECK ((number >= 0))
);
ALTER TABLE public.directory_checkpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_checkpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_checkrun (
    id bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    last_change bigint NOT NULL,
    last_edition bigint NOT NULL,
    is_complete boolean NOT NULL,
    CONSTRAINT checkrun_is_one CHECK ((id = 1))
);
ALTER TABLE public.directory_checkrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_checkrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_contactpoint (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    kind character varying(10) NOT NULL,
    label character varying(120) NOT NULL,
    phone character varying(16) NOT NULL,
    short_code character varying(20) NOT NULL,
    email character varying(254) NOT NULL,
    url character varying(500) NOT NULL,
    telegram character varying(100) NOT NULL,
    sms character varying(30) NOT NULL,
    address text NOT NULL,
    map_url character varying(500) NOT NULL,
    verified_on date,
    replaced_on date,
    reminded_on jsonb NOT NULL,
    replaced_by_id bigint,
    CONSTRAINT contactpoint_address_is_not_too_long CHECK ((length(address) <= 300)),
    CONSTRAINT contactpoint_does_not_replace_itself CHECK (((replaced_by_id IS NULL) OR (NOT ((replaced_by_id = id) AND (replaced_by_id IS NOT NULL))))),
    CONSTRAINT contactpoint_email_is_plain CHECK (((email)::text ~ '^([^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01ef@]+@[^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01efA-Z@]+)?$'::text)),
    CONSTRAINT contactpoint_has_only_the_value_of_its_kind CHECK ((((address = ''::text) AND ((email)::text = ''::text) AND ((kind)::text = ANY ((ARRAY['phone'::character varying, 'whatsapp'::character varying, 'fax'::character varying])::text[])) AND ((short_code)::text = ''::text) AND ((sms)::text = ''::text) AND ((telegram)::text = ''::text) AND ((url)::text = ''::text) AND ((phone)::text ~~ '+%'::text) AND (NOT ((phone)::text = ''::text))) OR ((address = ''::text) AND ((email)::text = ''::text) AND ((kind)::text = 'short_code'::text) AND ((phone)::text = ''::text) AND ((sms)::text = ''::text) AND ((telegram)::text = ''::text) AND ((url)::text = ''::text) AND (NOT ((short_code)::text = ''::text))) OR ((address = ''::text) AND ((email)::text = ''::text) AND ((kind)::text = 'telegram'::text) AND ((phone)::text = ''::text) AND ((short_code)::text = ''::text) AND ((sms)::text = ''::text) AND ((url)::text = ''::text) AND (NOT ((telegram)::text = ''::text))) OR ((address = ''::text) AND ((email)::text = ''::text) AND ((kind)::text = 'sms'::text) AND ((phone)::text = ''::text) AND ((short_code)::text = ''::text) AND ((telegram)::text = ''::text) AND ((url)::text = ''::text) AND (NOT ((sms)::text = ''::text))) OR ((address = ''::text) AND ((kind)::text = 'email'::text) AND ((phone)::text = ''::text) AND ((short_code)::text = ''::text) AND ((sms)::text = ''::text) AND ((telegram)::text = ''::text) AND ((url)::text = ''::text) AND (NOT ((email)::text = ''::text))) OR ((address = ''::text) AND ((email)::text = ''::text) AND ((kind)::text = 'web'::text) AND ((phone)::text = ''::text) AND ((short_code)::text = ''::text) AND ((sms)::text = ''::text) AND ((telegram)::text = ''::text) AND (NOT ((url)::text = ''::text))) OR (((email)::text = ''::text) AND ((kind)::text = 'address'::text) AND ((phone)::text = ''::text) AND ((short_code)::text = ''::text) AND ((sms)::text = ''::text) AND ((telegram)::text = ''::text) AND ((url)::text = ''::text) AND (NOT (address = ''::text))))),
    CONSTRAINT contactpoint_map_is_of_a_place CHECK ((((map_url)::text = ''::text) OR ((kind)::text = 'address'::text))),
    CONSTRAINT contactpoint_map_url_is_http CHECK ((((map_url)::text = ''::text) OR ((map_url)::text ~~ 'http://%'::text) OR ((map_url)::text ~~ 'https://%'::text))),
    CONSTRAINT contactpoint_map_url_is_plain CHECK (((map_url)::text ~ '^(https?://[^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01efA-Z/?#@]+([/?#][^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01ef]*)?)?$'::text)),
    CONSTRAINT contactpoint_replacement_has_a_date CHECK ((((replaced_by_id IS NULL) AND (replaced_on IS NULL)) OR ((replaced_by_id IS NOT NULL) AND (replaced_on IS NOT NULL)))),
    CONSTRAINT contactpoint_short_code_has_only_digits_and_signs CHECK ((((short_code)::text = ''::text) OR ((short_code)::text ~ '^[0-9*#]{2,20}$'::text))),
    CONSTRAINT contactpoint_sms_has_only_digits CHECK (((sms)::text ~ '^([+]?[0-9]{2,15})?$'::text)),
    CONSTRAINT contactpoint_telegram_is_a_name CHECK (((telegram)::text ~ '^([a-z][a-z0-9_]{3,31})?$'::text)),
    CONSTRAINT contactpoint_url_is_http CHECK ((((url)::text = ''::text) OR ((url)::text ~~ 'http://%'::text) OR ((url)::text ~~ 'https://%'::text))),
    CONSTRAINT contactpoint_url_is_plain CHECK (((url)::text ~ '^(https?://[^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01efA-Z/?#@]+([/?#][^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01ef]*)?)?$'::text))
);
ALTER TABLE public.directory_contactpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_contactpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_contactreport (
    id bigint NOT NULL,
    subject character varying(300) NOT NULL,
    contact_key character varying(150) NOT NULL,
    problem character varying(20) NOT NULL,
    text character varying(500) NOT NULL,
    email character varying(254) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    form character varying(32) NOT NULL,
    sender character varying(64) NOT NULL,
    told_on date,
    closed_at timestamp with time zone,
    closing_word character varying(300) NOT NULL,
    closed_by_id integer,
    contact_point_id bigint,
    service_id bigint NOT NULL,
    CONSTRAINT contactreport_has_no_address_once_closed CHECK (((closed_at IS NULL) OR ((email)::text = ''::text))),
    CONSTRAINT contactreport_is_closed_by_somebody_with_a_word CHECK ((((closed_at IS NULL) AND (closed_by_id IS NULL) AND ((closing_word)::text = ''::text)) OR ((closed_at IS NOT NULL) AND (closed_by_id IS NOT NULL) AND (NOT ((closing_word)::text = ''::text))))),
    CONSTRAINT contactreport_problem_is_known CHECK (((problem)::text = ANY ((ARRAY['no_answer'::character varying, 'not_in_service'::character varying, 'somebody_else'::character varying, 'mail_returned'::character varying, 'other'::character varying])::text[])))
);
ALTER TABLE public.directory_contactreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_contactreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_currentedition (
    service_id bigint NOT NULL,
    number integer NOT NULL,
    digest character varying(64) NOT NULL,
    seal character varying(64) NOT NULL,
    edition_id bigint NOT NULL,
    CONSTRAINT directory_currentedition_number_check CHECK ((number >= 0))
);
CREATE TABLE public.directory_dailycount (
    id bigint NOT NULL,
    day date NOT NULL,
    digest character varying(64) NOT NULL,
    count integer NOT NULL,
    CONSTRAINT dailycount_begins_at_one CHECK ((count >= 1)),
    CONSTRAINT directory_dailycount_count_check CHECK ((count >= 0))
);
ALTER TABLE public.directory_dailycount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_dailycount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_directoryversion (
    id smallint NOT NULL,
    mark character varying(32) NOT NULL,
    CONSTRAINT directory_directoryversion_id_check CHECK ((id >= 0)),
    CONSTRAINT directoryversion_is_one_row CHECK ((id = 1))
);
CREATE TABLE public.directory_edition (
    id bigint NOT NULL,
    number integer NOT NULL,
    document text NOT NULL,
    document_digest character varying(64) NOT NULL,
    search_text text NOT NULL,
    digest character varying(64) NOT NULL,
    identity character varying(320) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    nonce character varying(64) NOT NULL,
    seal character varying(64) NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_reason character varying(300) NOT NULL,
    withdrawal_seal character varying(64) NOT NULL,
    erased_at timestamp with time zone,
    erasure_seal character varying(64) NOT NULL,
    erased_by_id integer,
    proposed_by_id integer,
    published_by_id integer,
    service_id bigint NOT NULL,
    withdrawn_by_id integer,
    CONSTRAINT directory_edition_number_check CHECK ((number >= 0)),
    CONSTRAINT edition_is_erased_after_it_was_withdrawn CHECK (((erased_at IS NULL) OR (erased_at >= withdrawn_at))),
    CONSTRAINT edition_is_erased_by_a_second_person CHECK (((erased_by_id IS NULL) OR ((NOT ((erased_by_id = withdrawn_by_id) AND (erased_by_id IS NOT NULL) AND (withdrawn_by_id IS NOT NULL))) AND ((published_by_id IS NULL) OR (NOT ((erased_by_id = published_by_id) AND (erased_by_id IS NOT NULL) AND (published_by_id IS NOT NULL)))) AND ((proposed_by_id IS NULL) OR (NOT ((erased_by_id = proposed_by_id) AND (erased_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))))),
    CONSTRAINT edition_is_sealed CHECK ((NOT ((seal)::text = ''::text))),
    CONSTRAINT edition_is_whole_withdrawn_or_erased CHECK (((((withdrawal_seal)::text = ''::text) AND (withdrawn_at IS NULL) AND (withdrawn_by_id IS NULL) AND ((withdrawn_reason)::text = ''::text) AND (erased_at IS NULL) AND (erased_by_id IS NULL) AND ((erasure_seal)::text = ''::text) AND (NOT (document = ''::text)) AND (NOT ((nonce)::text = ''::text))) OR ((withdrawn_at IS NOT NULL) AND (withdrawn_by_id IS NOT NULL) AND (NOT ((withdrawn_reason)::text = ''::text)) AND (NOT ((withdrawal_seal)::text = ''::text)) AND (erased_at IS NULL) AND (erased_by_id IS NULL) AND ((erasure_seal)::text = ''::text) AND (NOT (document = ''::text)) AND (NOT ((nonce)::text = ''::text))) OR ((withdrawn_at IS NOT NULL) AND (withdrawn_by_id IS NOT NULL) AND (NOT ((withdrawn_reason)::text = ''::text)) AND (NOT ((withdrawal_seal)::text = ''::text)) AND (document = ''::text) AND (erased_at IS NOT NULL) AND (erased_by_id IS NOT NULL) AND ((nonce)::text = ''::text) AND (search_text = ''::text) AND (NOT ((erasure_seal)::text = ''::text))))),
    CONSTRAINT edition_number_begins_at_one CHECK ((number >= 1)),
    CONSTRAINT edition_withdrawn_is_found_by_nothing CHECK (((withdrawn_at IS NULL) OR (search_text = ''::text)))
);
ALTER TABLE public.directory_edition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_exceptionspan (
    id bigint NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    exception_id bigint NOT NULL,
    CONSTRAINT exceptionspan_is_not_empty CHECK (((NOT (opens = closes)) OR (opens = '00:00:00'::time without time zone)))
);
ALTER TABLE public.directory_exceptionspan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_exceptionspan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_factorrecovery (
    id bigint NOT NULL,
    asked_at timestamp with time zone,
    digest character varying(64) NOT NULL,
    password_mailed_at timestamp with time zone,
    user_id integer NOT NULL,
    CONSTRAINT factorrecovery_has_a_link_where_it_is_asked_for CHECK ((((asked_at IS NULL) AND ((digest)::text = ''::text)) OR ((asked_at IS NOT NULL) AND (NOT ((digest)::text = ''::text)))))
);
ALTER TABLE public.directory_factorrecovery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_factorrecovery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_finding (
    id bigint NOT NULL,
    fingerprint character varying(64) NOT NULL,
    code character varying(40) NOT NULL,
    severity smallint NOT NULL,
    check_order smallint NOT NULL,
    subject_model character varying(100) NOT NULL,
    subject_pk bigint NOT NULL,
    field character varying(100) NOT NULL,
    value character varying(500) NOT NULL,
    texts jsonb NOT NULL,
    CONSTRAINT directory_finding_check_order_check CHECK ((check_order >= 0)),
    CONSTRAINT directory_finding_severity_check CHECK ((severity >= 0))
);
ALTER TABLE public.directory_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_findingacceptance (
    id bigint NOT NULL,
    fingerprint character varying(64) NOT NULL,
    code character varying(40) NOT NULL,
    subject character varying(300) NOT NULL,
    reason character varying(300) NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    accepted_by_id integer NOT NULL,
    CONSTRAINT findingacceptance_has_a_reason CHECK ((NOT ((reason)::text = ''::text)))
);
ALTER TABLE public.directory_findingacceptance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_findingacceptance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_findingrow (
    id bigint NOT NULL,
    model character varying(100) NOT NULL,
    row_pk bigint NOT NULL,
    is_shown boolean NOT NULL,
    finding_id bigint NOT NULL
);
ALTER TABLE public.directory_findingrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_findingrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_formerslug (
    id bigint NOT NULL,
    slug character varying(50) NOT NULL,
    service_id bigint NOT NULL
);
ALTER TABLE public.directory_formerslug ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_formerslug_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_notice (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    severity character varying(20) NOT NULL,
    text character varying(300) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    ended_at timestamp with time zone,
    channel_id bigint,
    contact_point_id bigint,
    service_id bigint,
    CONSTRAINT notice_ends_after_it_begins CHECK (((until IS NULL) OR (until > since))),
    CONSTRAINT notice_has_one_subject CHECK ((((channel_id IS NULL) AND (contact_point_id IS NULL)) OR ((contact_point_id IS NULL) AND (service_id IS NULL)) OR ((channel_id IS NULL) AND (service_id IS NULL)))),
    CONSTRAINT notice_severity_is_known CHECK (((severity)::text = ANY ((ARRAY['information'::character varying, 'limited'::character varying, 'out_of_order'::character varying])::text[])))
);
ALTER TABLE public.directory_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_passkey (
    id bigint NOT NULL,
    name character varying(64) NOT NULL,
    confirmed boolean NOT NULL,
    credential_id character varying(1400) NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    transports jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id integer NOT NULL
);
ALTER TABLE public.directory_passkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_passkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_proposal (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_email character varying(254) NOT NULL,
    action character varying(20) NOT NULL,
    object_id character varying(40) NOT NULL,
    object_name character varying(200) NOT NULL,
    others integer NOT NULL,
    message text NOT NULL,
    rows jsonb NOT NULL,
    entries jsonb NOT NULL,
    effect jsonb NOT NULL,
    warnings jsonb NOT NULL,
    touched text NOT NULL,
    seal character varying(64) NOT NULL,
    state character varying(20) NOT NULL,
    decided_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    read_at timestamp with time zone,
    content_type_id integer,
    decided_by_id integer,
    made_by_id integer NOT NULL,
    revision_id bigint,
    undoes_id bigint,
    CONSTRAINT directory_proposal_others_check CHECK ((others >= 0)),
    CONSTRAINT proposal_is_decided_by_somebody CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT proposal_is_published_by_another CHECK (((NOT ((state)::text = ANY ((ARRAY['published'::character varying, 'refused'::character varying])::text[]))) OR (NOT ((decided_by_id = made_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT proposal_is_refused_with_a_reason CHECK (((((state)::text = 'refused'::text) AND (NOT ((reason)::text = ''::text))) OR ((NOT ((state)::text = 'refused'::text)) AND ((reason)::text = ''::text)))),
    CONSTRAINT proposal_is_taken_back_by_its_author CHECK (((NOT ((state)::text = 'taken_back'::text)) OR (decided_by_id = made_by_id)))
);
ALTER TABLE public.directory_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_requesttype (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    covers_all boolean NOT NULL,
    is_critical boolean NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT directory_requesttype_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.directory_requesttype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_requesttype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_responsetarget (
    id bigint NOT NULL,
    respond_minutes integer,
    solve_minutes integer,
    in_open_hours boolean NOT NULL,
    request_type_id bigint NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT directory_responsetarget_respond_minutes_check CHECK ((respond_minutes >= 0)),
    CONSTRAINT directory_responsetarget_solve_minutes_check CHECK ((solve_minutes >= 0)),
    CONSTRAINT responsetarget_has_a_time CHECK (((respond_minutes IS NOT NULL) OR (solve_minutes IS NOT NULL))),
    CONSTRAINT responsetarget_times_are_in_order CHECK (((respond_minutes IS NULL) OR (solve_minutes IS NULL) OR (solve_minutes >= respond_minutes))),
    CONSTRAINT responsetarget_times_are_plausible CHECK ((((respond_minutes IS NULL) OR ((respond_minutes >= 1) AND (respond_minutes <= 86400))) AND ((solve_minutes IS NULL) OR ((solve_minutes >= 1) AND (solve_minutes <= 525600)))))
);
ALTER TABLE public.directory_responsetarget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_responsetarget_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_revisedrow (
    id bigint NOT NULL,
    row_id bigint NOT NULL,
    before jsonb,
    after jsonb,
    content_type_id integer NOT NULL,
    revision_id bigint NOT NULL
);
ALTER TABLE public.directory_revisedrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_revisedrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_revision (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    action character varying(20) NOT NULL,
    object_id character varying(40) NOT NULL,
    object_name character varying(200) NOT NULL,
    others integer NOT NULL,
    message text NOT NULL,
    content_type_id integer,
    made_by_id integer,
    proposed_by_id integer,
    undoes_id bigint,
    CONSTRAINT directory_revision_others_check CHECK ((others >= 0)),
    CONSTRAINT revision_undoes_another CHECK ((NOT ((undoes_id = id) AND (undoes_id IS NOT NULL))))
);
CREATE TABLE public.directory_revision_entries (
    id bigint NOT NULL,
    revision_id bigint NOT NULL,
    logentry_id integer NOT NULL
);
ALTER TABLE public.directory_revision_entries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_revision_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.directory_revision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_revision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_schedule (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name character varying(120) NOT NULL,
    always_open boolean NOT NULL,
    holidays character varying(20) NOT NULL,
    timezone character varying(64) NOT NULL,
    country character varying(2) NOT NULL,
    subdivision character varying(40) NOT NULL
);
ALTER TABLE public.directory_schedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_schedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_scheduleexception (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    also_always_open boolean NOT NULL,
    first_day date NOT NULL,
    last_day date,
    every_year boolean NOT NULL,
    monthly character varying(20) NOT NULL,
    reason character varying(120) NOT NULL,
    effect character varying(20) NOT NULL,
    opens_at_earliest time without time zone,
    closes_at_latest time without time zone,
    also_on_days_off boolean NOT NULL,
    CONSTRAINT scheduleexception_days_are_in_order CHECK (((last_day IS NULL) OR (last_day >= first_day))),
    CONSTRAINT scheduleexception_days_off_need_other_hours CHECK (((NOT also_on_days_off) OR ((effect)::text = 'other_hours'::text))),
    CONSTRAINT scheduleexception_effect_is_known CHECK (((effect)::text = ANY ((ARRAY['closed'::character varying, 'limited'::character varying, 'other_hours'::character varying])::text[]))),
    CONSTRAINT scheduleexception_is_of_each_month_or_year CHECK ((((monthly)::text = ''::text) OR (NOT every_year))),
    CONSTRAINT scheduleexception_limited_has_limits CHECK (((((effect)::text = 'limited'::text) AND ((opens_at_earliest IS NOT NULL) OR (closes_at_latest IS NOT NULL))) OR ((NOT ((effect)::text = 'limited'::text)) AND (closes_at_latest IS NULL) AND (opens_at_earliest IS NULL)))),
    CONSTRAINT scheduleexception_limits_are_in_order CHECK (((opens_at_earliest IS NULL) OR (closes_at_latest IS NULL) OR (closes_at_latest = '00:00:00'::time without time zone) OR (closes_at_latest > opens_at_earliest))),
    CONSTRAINT scheduleexception_monthly_is_known CHECK (((monthly)::text = ANY ((ARRAY[''::character varying, 'first_working_day'::character varying, 'last_working_day'::character varying])::text[]))),
    CONSTRAINT scheduleexception_without_last_day_is_monthly CHECK (((last_day IS NOT NULL) OR (NOT ((monthly)::text = ''::text))))
);
ALTER TABLE public.directory_scheduleexception ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_scheduleexception_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_scheduleexception_schedules (
    id bigint NOT NULL,
    scheduleexception_id bigint NOT NULL,
    schedule_id bigint NOT NULL
);
ALTER TABLE public.directory_scheduleexception_schedules ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_scheduleexception_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_service (
    id bigint NOT NULL,
    slug character varying(50) NOT NULL,
    name character varying(120) NOT NULL,
    introduction text NOT NULL,
    is_international boolean NOT NULL,
    is_published boolean NOT NULL,
    review_interval_days smallint,
    reviewed_on date,
    ended_on date,
    ended_note character varying(300) NOT NULL,
    reminded_on jsonb NOT NULL,
    owner_id integer,
    successor_id bigint,
    CONSTRAINT directory_service_review_interval_days_check CHECK ((review_interval_days >= 0)),
    CONSTRAINT service_is_not_its_own_successor CHECK (((successor_id IS NULL) OR (NOT ((successor_id = id) AND (successor_id IS NOT NULL))))),
    CONSTRAINT service_review_interval_is_positive CHECK (((review_interval_days IS NULL) OR (review_interval_days >= 1))),
    CONSTRAINT service_that_ended_is_not_published CHECK (((ended_on IS NULL) OR (NOT is_published)))
);
ALTER TABLE public.directory_service ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_service_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone NOT NULL,
    address inet,
    agent character varying(400) NOT NULL,
    user_id integer
);
CREATE TABLE public.directory_subscription (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    language character varying(10) NOT NULL,
    key uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    told_number integer,
    refusals smallint NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT directory_subscription_refusals_check CHECK ((refusals >= 0)),
    CONSTRAINT directory_subscription_told_number_check CHECK ((told_number >= 0)),
    CONSTRAINT subscription_address_is_in_lower_case CHECK ((((address)::text = lower((address)::text)) AND (NOT ((address)::text = ''::text)))),
    CONSTRAINT subscription_is_told_from_its_confirmation_on CHECK ((((confirmed_at IS NULL) AND (told_number IS NULL)) OR ((confirmed_at IS NOT NULL) AND (told_number IS NOT NULL))))
);
ALTER TABLE public.directory_subscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_subscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_timespan (
    id bigint NOT NULL,
    valid_from date,
    valid_until date,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    day smallint NOT NULL,
    every_year boolean NOT NULL,
    schedule_id bigint NOT NULL,
    CONSTRAINT directory_timespan_day_check CHECK ((day >= 0)),
    CONSTRAINT timespan_day_is_weekday_or_holiday CHECK (((day >= 1) AND (day <= 8))),
    CONSTRAINT timespan_every_year_has_both_days CHECK (((NOT every_year) OR ((valid_from IS NOT NULL) AND (valid_until IS NOT NULL)))),
    CONSTRAINT timespan_is_not_empty CHECK (((NOT (opens = closes)) OR (opens = '00:00:00'::time without time zone))),
    CONSTRAINT timespan_validity_is_in_order CHECK (((valid_from IS NULL) OR (valid_until IS NULL) OR (valid_until >= valid_from)))
);
ALTER TABLE public.directory_timespan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_timespan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_trycount (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    kind character varying(20) NOT NULL,
    count integer NOT NULL,
    at_most integer NOT NULL,
    since timestamp with time zone NOT NULL,
    user_id integer,
    CONSTRAINT directory_trycount_at_most_check CHECK ((at_most >= 0)),
    CONSTRAINT directory_trycount_count_check CHECK ((count >= 0)),
    CONSTRAINT trycount_is_not_negative CHECK ((count >= 0))
);
ALTER TABLE public.directory_trycount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_trycount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_withheldtext (
    id bigint NOT NULL,
    row_id bigint NOT NULL,
    "values" jsonb NOT NULL,
    texts jsonb NOT NULL,
    withheld_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    content_type_id integer NOT NULL,
    withheld_by_id integer,
    CONSTRAINT withheldtext_by_itself_says_who_when_why CHECK (((((reason)::text = ''::text) AND (withheld_at IS NULL) AND (withheld_by_id IS NULL)) OR ((withheld_at IS NOT NULL) AND (withheld_by_id IS NOT NULL) AND (NOT ((reason)::text = ''::text)))))
);
ALTER TABLE public.directory_withheldtext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_withheldtext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id integer NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);
ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.escalations_absence (
    id bigint NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    contact_id bigint NOT NULL,
    stand_in_id bigint,
    CONSTRAINT absence_days_are_in_order CHECK ((last_day >= first_day)),
    CONSTRAINT absence_is_stood_in_by_another CHECK (((stand_in_id IS NULL) OR (NOT ((stand_in_id = contact_id) AND (stand_in_id IS NOT NULL)))))
);
ALTER TABLE public.escalations_absence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_absence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations_absencecontact (
    id bigint NOT NULL,
    label character varying(120) NOT NULL,
    menu_options character varying(120) NOT NULL,
    extensions character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    absence_id bigint NOT NULL,
    contact_point_id bigint NOT NULL,
    CONSTRAINT escalations_absencecontact_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.escalations_absencecontact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_absencecontact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations_escalationcontact (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name character varying(120) NOT NULL,
    person character varying(120) NOT NULL,
    public character varying(20) NOT NULL,
    schedule_id bigint,
    CONSTRAINT escalationcontact_public_is_known CHECK (((public)::text = ANY ((ARRAY['person'::character varying, 'contacts'::character varying, 'role'::character varying])::text[])))
);
ALTER TABLE public.escalations_escalationcontact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_escalationcontact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations_escalationcontactuse (
    id bigint NOT NULL,
    label character varying(120) NOT NULL,
    menu_options character varying(120) NOT NULL,
    extensions character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    contact_id bigint NOT NULL,
    contact_point_id bigint NOT NULL,
    CONSTRAINT escalations_escalationcontactuse_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.escalations_escalationcontactuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_escalationcontactuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations_escalationlevel (
    id bigint NOT NULL,
    valid_from date,
    valid_until date,
    level smallint NOT NULL,
    title character varying(120) NOT NULL,
    purpose character varying(120) NOT NULL,
    escalate_after_minutes integer,
    contact_id bigint NOT NULL,
    policy_id bigint NOT NULL,
    CONSTRAINT escalationlevel_begins_at_one CHECK ((level >= 1)),
    CONSTRAINT escalationlevel_time_is_plausible CHECK (((escalate_after_minutes IS NULL) OR ((escalate_after_minutes >= 1) AND (escalate_after_minutes <= 86400)))),
    CONSTRAINT escalationlevel_validity_is_in_order CHECK (((valid_from IS NULL) OR (valid_until IS NULL) OR (valid_until >= valid_from))),
    CONSTRAINT escalations_escalationlevel_escalate_after_minutes_check CHECK ((escalate_after_minutes >= 0)),
    CONSTRAINT escalations_escalationlevel_level_check CHECK ((level >= 0))
);
ALTER TABLE public.escalations_escalationlevel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_escalationlevel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations_escalationlevel_request_types (
    id bigint NOT NULL,
    escalationlevel_id bigint NOT NULL,
    requesttype_id bigint NOT NULL
);
ALTER TABLE public.escalations_escalationlevel_request_types ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_escalationlevel_request_types_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations_escalationpolicy (
    id bigint NOT NULL,
    instructions text NOT NULL,
    times_count character varying(20) NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT escalationpolicy_times_count_is_known CHECK (((times_count)::text = ANY ((ARRAY['no_answer'::character varying, 'no_solution'::character varying, 'since_report'::character varying])::text[])))
);
ALTER TABLE public.escalations_escalationpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_escalationpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations_escalationtime (
    id bigint NOT NULL,
    level smallint NOT NULL,
    minutes integer NOT NULL,
    policy_id bigint NOT NULL,
    request_type_id bigint NOT NULL,
    CONSTRAINT escalations_escalationtime_level_check CHECK ((level >= 0)),
    CONSTRAINT escalations_escalationtime_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT escalationtime_begins_at_one CHECK ((level >= 1)),
    CONSTRAINT escalationtime_is_plausible CHECK (((minutes >= 0) AND (minutes <= 86400)))
);
ALTER TABLE public.escalations_escalationtime ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_escalationtime_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.otp_static_staticdevice (
    id integer NOT NULL,
    name character varying(64) NOT NULL,
    confirmed boolean NOT NULL,
    user_id integer NOT NULL,
    throttling_failure_count integer NOT NULL,
    throttling_failure_timestamp timestamp with time zone,
    created_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT otp_static_staticdevice_throttling_failure_count_check CHECK ((throttling_failure_count >= 0))
);
ALTER TABLE public.otp_static_staticdevice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_static_staticdevice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.otp_static_statictoken (
    id integer NOT NULL,
    token character varying(16) NOT NULL,
    device_id integer NOT NULL
);
ALTER TABLE public.otp_static_statictoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_static_statictoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.otp_totp_totpdevice (
    id integer NOT NULL,
    name character varying(64) NOT NULL,
    confirmed boolean NOT NULL,
    key character varying(80) NOT NULL,
    step smallint NOT NULL,
    t0 bigint NOT NULL,
    digits smallint NOT NULL,
    tolerance smallint NOT NULL,
    drift smallint NOT NULL,
    last_t bigint NOT NULL,
    user_id integer NOT NULL,
    throttling_failure_count integer NOT NULL,
    throttling_failure_timestamp timestamp with time zone,
    created_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT otp_totp_totpdevice_digits_check CHECK ((digits >= 0)),
    CONSTRAINT otp_totp_totpdevice_step_check CHECK ((step >= 0)),
    CONSTRAINT otp_totp_totpdevice_throttling_failure_count_check CHECK ((throttling_failure_count >= 0)),
    CONSTRAINT otp_totp_totpdevice_tolerance_check CHECK ((tolerance >= 0))
);
ALTER TABLE public.otp_totp_totpdevice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_totp_totpdevice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
INSERT INTO public.auth_group VALUES (1, 'Editores');
INSERT INTO public.auth_group VALUES (2, 'Publicadores');
INSERT INTO public.auth_group VALUES (3, 'Lectores');
INSERT INTO public.auth_group VALUES (4, 'Auditores');
INSERT INTO public.auth_group VALUES (5, 'Mostrador');
INSERT INTO public.auth_group_permissions VALUES (1, 1, 38);
INSERT INTO public.auth_group_permissions VALUES (2, 1, 40);
INSERT INTO public.auth_group_permissions VALUES (3, 1, 43);
INSERT INTO public.auth_group_permissions VALUES (4, 1, 45);
INSERT INTO public.auth_group_permissions VALUES (5, 1, 50);
INSERT INTO public.auth_group_permissions VALUES (6, 1, 51);
INSERT INTO public.auth_group_permissions VALUES (7, 1, 52);
INSERT INTO public.auth_group_permissions VALUES (8, 1, 53);
INSERT INTO public.auth_group_permissions VALUES (9, 1, 54);
INSERT INTO public.auth_group_permissions VALUES (10, 1, 57);
INSERT INTO public.auth_group_permissions VALUES (11, 1, 58);
INSERT INTO public.auth_group_permissions VALUES (12, 1, 59);
INSERT INTO public.auth_group_permissions VALUES (13, 1, 60);
INSERT INTO public.auth_group_permissions VALUES (14, 1, 62);
INSERT INTO public.auth_group_permissions VALUES (15, 1, 63);
INSERT INTO public.auth_group_permissions VALUES (16, 1, 64);
INSERT INTO public.auth_group_permissions VALUES (17, 1, 65);
INSERT INTO public.auth_group_permissions VALUES (18, 1, 66);
INSERT INTO public.auth_group_permissions VALUES (19, 1, 67);
INSERT INTO public.auth_group_permissions VALUES (20, 1, 71);
INSERT INTO public.auth_group_permissions VALUES (21, 1, 75);
INSERT INTO public.auth_group_permissions VALUES (22, 1, 77);
INSERT INTO public.auth_group_permissions VALUES (23, 1, 78);
INSERT INTO public.auth_group_permissions VALUES (24, 1, 79);
INSERT INTO public.auth_group_permissions VALUES (25, 1, 80);
INSERT INTO public.auth_group_permissions VALUES (26, 1, 81);
INSERT INTO public.auth_group_permissions VALUES (27, 1, 82);
INSERT INTO public.auth_group_permissions VALUES (28, 1, 83);
INSERT INTO public.auth_group_permissions VALUES (29, 1, 84);
INSERT INTO public.auth_group_permissions VALUES (30, 1, 85);
INSERT INTO public.auth_group_permissions VALUES (31, 1, 86);
INSERT INTO public.auth_group_permissions VALUES (32, 1, 87);
INSERT INTO public.auth_group_permissions VALUES (33, 1, 88);
INSERT INTO public.auth_group_permissions VALUES (34, 1, 90);
INSERT INTO public.auth_group_permissions VALUES (35, 1, 91);
INSERT INTO public.auth_group_permissions VALUES (36, 1, 92);
INSERT INTO public.auth_group_permissions VALUES (37, 1, 93);
INSERT INTO public.auth_group_permissions VALUES (38, 1, 94);
INSERT INTO public.auth_group_permissions VALUES (39, 1, 95);
INSERT INTO public.auth_group_permissions VALUES (40, 1, 96);
INSERT INTO public.auth_group_permissions VALUES (41, 1, 97);
INSERT INTO public.auth_group_permissions VALUES (42, 1, 98);
INSERT INTO public.auth_group_permissions VALUES (43, 1, 99);
INSERT INTO public.auth_group_permissions VALUES (44, 1, 100);
INSERT INTO public.auth_group_permissions VALUES (45, 1, 101);
INSERT INTO public.auth_group_permissions VALUES (46, 1, 102);
INSERT INTO public.auth_group_permissions VALUES (47, 1, 103);
INSERT INTO public.auth_group_permissions VALUES (48, 1, 104);
INSERT INTO public.auth_group_permissions VALUES (49, 1, 105);
INSERT INTO public.auth_group_permissions VALUES (50, 1, 106);
INSERT INTO public.auth_group_permissions VALUES (51, 1, 107);
INSERT INTO public.auth_group_permissions VALUES (52, 1, 109);
INSERT INTO public.auth_group_permissions VALUES (53, 1, 110);
INSERT INTO public.auth_group_permissions VALUES (54, 1, 111);
INSERT INTO public.auth_group_permissions VALUES (55, 1, 112);
INSERT INTO public.auth_group_permissions VALUES (56, 1, 113);
INSERT INTO public.auth_group_permissions VALUES (57, 1, 114);
INSERT INTO public.auth_group_permissions VALUES (58, 1, 115);
INSERT INTO public.auth_group_permissions VALUES (59, 1, 116);
INSERT INTO public.auth_group_permissions VALUES (60, 1, 118);
INSERT INTO public.auth_group_permissions VALUES (61, 1, 120);
INSERT INTO public.auth_group_permissions VALUES (62, 1, 122);
INSERT INTO public.auth_group_permissions VALUES (63, 1, 124);
INSERT INTO public.auth_group_permissions VALUES (64, 1, 125);
INSERT INTO public.auth_group_permissions VALUES (65, 1, 126);
INSERT INTO public.auth_group_permissions VALUES (66, 1, 127);
INSERT INTO public.auth_group_permissions VALUES (67, 1, 128);
INSERT INTO public.auth_group_permissions VALUES (68, 1, 129);
INSERT INTO public.auth_group_permissions VALUES (69, 1, 130);
INSERT INTO public.auth_group_permissions VALUES (70, 1, 131);
INSERT INTO public.auth_group_permissions VALUES (71, 1, 132);
INSERT INTO public.auth_group_permissions VALUES (72, 2, 37);
INSERT INTO public.auth_group_permissions VALUES (73, 2, 38);
INSERT INTO public.auth_group_permissions VALUES (74, 2, 39);
INSERT INTO public.auth_group_permissions VALUES (75, 2, 40);
INSERT INTO public.auth_group_permissions VALUES (76, 2, 41);
INSERT INTO public.auth_group_permissions VALUES (77, 2, 42);
INSERT INTO public.auth_group_permissions VALUES (78, 2, 43);
INSERT INTO public.auth_group_permissions VALUES (79, 2, 44);
INSERT INTO public.auth_group_permissions VALUES (80, 2, 45);
INSERT INTO public.auth_group_permissions VALUES (81, 2, 46);
INSERT INTO public.auth_group_permissions VALUES (82, 2, 47);
INSERT INTO public.auth_group_permissions VALUES (83, 2, 48);
INSERT INTO public.auth_group_permissions VALUES (84, 2, 49);
INSERT INTO public.auth_group_permissions VALUES (85, 2, 50);
INSERT INTO public.auth_group_permissions VALUES (86, 2, 51);
INSERT INTO public.auth_group_permissions VALUES (87, 2, 52);
INSERT INTO public.auth_group_permissions VALUES (88, 2, 53);
INSERT INTO public.auth_group_permissions VALUES (89, 2, 54);
INSERT INTO public.auth_group_permissions VALUES (90, 2, 55);
INSERT INTO public.auth_group_permissions VALUES (91, 2, 57);
INSERT INTO public.auth_group_permissions VALUES (92, 2, 58);
INSERT INTO public.auth_group_permissions VALUES (93, 2, 59);
INSERT INTO public.auth_group_permissions VALUES (94, 2, 60);
INSERT INTO public.auth_group_permissions VALUES (95, 2, 61);
INSERT INTO public.auth_group_permissions VALUES (96, 2, 62);
INSERT INTO public.auth_group_permissions VALUES (97, 2, 63);
INSERT INTO public.auth_group_permissions VALUES (98, 2, 64);
INSERT INTO public.auth_group_permissions VALUES (99, 2, 65);
INSERT INTO public.auth_group_permissions VALUES (100, 2, 66);
INSERT INTO public.auth_group_permissions VALUES (101, 2, 67);
INSERT INTO public.auth_group_permissions VALUES (102, 2, 71);
INSERT INTO public.auth_group_permissions VALUES (103, 2, 75);
INSERT INTO public.auth_group_permissions VALUES (104, 2, 77);
INSERT INTO public.auth_group_permissions VALUES (105, 2, 78);
INSERT INTO public.auth_group_permissions VALUES (106, 2, 79);
INSERT INTO public.auth_group_permissions VALUES (107, 2, 80);
INSERT INTO public.auth_group_permissions VALUES (108, 2, 81);
INSERT INTO public.auth_group_permissions VALUES (109, 2, 82);
INSERT INTO public.auth_group_permissions VALUES (110, 2, 83);
INSERT INTO public.auth_group_permissions VALUES (111, 2, 84);
INSERT INTO public.auth_group_permissions VALUES (112, 2, 85);
INSERT INTO public.auth_group_permissions VALUES (113, 2, 86);
INSERT INTO public.auth_group_permissions VALUES (114, 2, 87);
INSERT INTO public.auth_group_permissions VALUES (115, 2, 88);
INSERT INTO public.auth_group_permissions VALUES (116, 2, 89);
INSERT INTO public.auth_group_permissions VALUES (117, 2, 90);
INSERT INTO public.auth_group_permissions VALUES (118, 2, 91);
INSERT INTO public.auth_group_permissions VALUES (119, 2, 92);
INSERT INTO public.auth_group_permissions VALUES (120, 2, 93);
INSERT INTO public.auth_group_permissions VALUES (121, 2, 94);
INSERT INTO public.auth_group_permissions VALUES (122, 2, 95);
INSERT INTO public.auth_group_permissions VALUES (123, 2, 96);
INSERT INTO public.auth_group_permissions VALUES (124, 2, 97);
INSERT INTO public.auth_group_permissions VALUES (125, 2, 98);
INSERT INTO public.auth_group_permissions VALUES (126, 2, 99);
INSERT INTO public.auth_group_permissions VALUES (127, 2, 100);
INSERT INTO public.auth_group_permissions VALUES (128, 2, 101);
INSERT INTO public.auth_group_permissions VALUES (129, 2, 102);
INSERT INTO public.auth_group_permissions VALUES (130, 2, 103);
INSERT INTO public.auth_group_permissions VALUES (131, 2, 104);
INSERT INTO public.auth_group_permissions VALUES (132, 2, 105);
INSERT INTO public.auth_group_permissions VALUES (133, 2, 106);
INSERT INTO public.auth_group_permissions VALUES (134, 2, 107);
INSERT INTO public.auth_group_permissions VALUES (135, 2, 108);
INSERT INTO public.auth_group_permissions VALUES (136, 2, 109);
INSERT INTO public.auth_group_permissions VALUES (137, 2, 110);
INSERT INTO public.auth_group_permissions VALUES (138, 2, 111);
INSERT INTO public.auth_group_permissions VALUES (139, 2, 112);
INSERT INTO public.auth_group_permissions VALUES (140, 2, 113);
INSERT INTO public.auth_group_permissions VALUES (141, 2, 114);
INSERT INTO public.auth_group_permissions VALUES (142, 2, 115);
INSERT INTO public.auth_group_permissions VALUES (143, 2, 116);
INSERT INTO public.auth_group_permissions VALUES (144, 2, 117);
INSERT INTO public.auth_group_permissions VALUES (145, 2, 118);
INSERT INTO public.auth_group_permissions VALUES (146, 2, 119);
INSERT INTO public.auth_group_permissions VALUES (147, 2, 120);
INSERT INTO public.auth_group_permissions VALUES (148, 2, 121);
INSERT INTO public.auth_group_permissions VALUES (149, 2, 122);
INSERT INTO public.auth_group_permissions VALUES (150, 2, 123);
INSERT INTO public.auth_group_permissions VALUES (151, 2, 124);
INSERT INTO public.auth_group_permissions VALUES (152, 2, 125);
INSERT INTO public.auth_group_permissions VALUES (153, 2, 126);
INSERT INTO public.auth_group_permissions VALUES (154, 2, 127);
INSERT INTO public.auth_group_permissions VALUES (155, 2, 128);
INSERT INTO public.auth_group_permissions VALUES (156, 2, 129);
INSERT INTO public.auth_group_permissions VALUES (157, 2, 130);
INSERT INTO public.auth_group_permissions VALUES (158, 2, 131);
INSERT INTO public.auth_group_permissions VALUES (159, 2, 132);
INSERT INTO public.auth_group_permissions VALUES (160, 3, 40);
INSERT INTO public.auth_group_permissions VALUES (161, 3, 45);
INSERT INTO public.auth_group_permissions VALUES (162, 3, 50);
INSERT INTO public.auth_group_permissions VALUES (163, 3, 54);
INSERT INTO public.auth_group_permissions VALUES (164, 3, 60);
INSERT INTO public.auth_group_permissions VALUES (165, 3, 65);
INSERT INTO public.auth_group_permissions VALUES (166, 3, 71);
INSERT INTO public.auth_group_permissions VALUES (167, 3, 78);
INSERT INTO public.auth_group_permissions VALUES (168, 3, 82);
INSERT INTO public.auth_group_permissions VALUES (169, 3, 86);
INSERT INTO public.auth_group_permissions VALUES (170, 3, 87);
INSERT INTO public.auth_group_permissions VALUES (171, 3, 88);
INSERT INTO public.auth_group_permissions VALUES (172, 3, 93);
INSERT INTO public.auth_group_permissions VALUES (173, 3, 97);
INSERT INTO public.auth_group_permissions VALUES (174, 3, 98);
INSERT INTO public.auth_group_permissions VALUES (175, 3, 103);
INSERT INTO public.auth_group_permissions VALUES (176, 3, 107);
INSERT INTO public.auth_group_permissions VALUES (177, 3, 112);
INSERT INTO public.auth_group_permissions VALUES (178, 3, 116);
INSERT INTO public.auth_group_permissions VALUES (179, 3, 120);
INSERT INTO public.auth_group_permissions VALUES (180, 3, 124);
INSERT INTO public.auth_group_permissions VALUES (181, 3, 128);
INSERT INTO public.auth_group_permissions VALUES (182, 3, 132);
INSERT INTO public.auth_group_permissions VALUES (183, 4, 40);
INSERT INTO public.auth_group_permissions VALUES (184, 4, 45);
INSERT INTO public.auth_group_permissions VALUES (185, 4, 50);
INSERT INTO public.auth_group_permissions VALUES (186, 4, 54);
INSERT INTO public.auth_group_permissions VALUES (187, 4, 56);
INSERT INTO public.auth_group_permissions VALUES (188, 4, 60);
INSERT INTO public.auth_group_permissions VALUES (189, 4, 65);
INSERT INTO public.auth_group_permissions VALUES (190, 4, 66);
INSERT INTO public.auth_group_permissions VALUES (191, 4, 71);
INSERT INTO public.auth_group_permissions VALUES (192, 4, 72);
INSERT INTO public.auth_group_permissions VALUES (193, 4, 73);
INSERT INTO public.auth_group_permissions VALUES (194, 4, 74);
INSERT INTO public.auth_group_permissions VALUES (195, 4, 78);
INSERT INTO public.auth_group_permissions VALUES (196, 4, 82);
INSERT INTO public.auth_group_permissions VALUES (197, 4, 86);
INSERT INTO public.auth_group_permissions VALUES (198, 4, 87);
INSERT INTO public.auth_group_permissions VALUES (199, 4, 88);
INSERT INTO public.auth_group_permissions VALUES (200, 4, 93);
INSERT INTO public.auth_group_permissions VALUES (201, 4, 97);
INSERT INTO public.auth_group_permissions VALUES (202, 4, 98);
INSERT INTO public.auth_group_permissions VALUES (203, 4, 103);
INSERT INTO public.auth_group_permissions VALUES (204, 4, 107);
INSERT INTO public.auth_group_permissions VALUES (205, 4, 112);
INSERT INTO public.auth_group_permissions VALUES (206, 4, 116);
INSERT INTO public.auth_group_permissions VALUES (207, 4, 120);
INSERT INTO public.auth_group_permissions VALUES (208, 4, 124);
INSERT INTO public.auth_group_permissions VALUES (209, 4, 128);
INSERT INTO public.auth_group_permissions VALUES (210, 4, 132);
INSERT INTO public.auth_group_permissions VALUES (211, 5, 40);
INSERT INTO public.auth_group_permissions VALUES (212, 5, 45);
INSERT INTO public.auth_group_permissions VALUES (213, 5, 58);
INSERT INTO public.auth_group_permissions VALUES (214, 5, 60);
INSERT INTO public.auth_permission VALUES (1, 'Can add log entry', 1, 'add_logentry');
INSERT INTO public.auth_permission VALUES (2, 'Can change log entry', 1, 'change_logentry');
INSERT INTO public.auth_permission VALUES (3, 'Can delete log entry', 1, 'delete_logentry');
INSERT INTO public.auth_permission VALUES (4, 'Can view log entry', 1, 'view_logentry');
INSERT INTO public.auth_permission VALUES (5, 'Can add permission', 2, 'add_permission');
INSERT INTO public.auth_permission VALUES (6, 'Can change permission', 2, 'change_permission');
INSERT INTO public.auth_permission VALUES (7, 'Can delete permission', 2, 'delete_permission');
INSERT INTO public.auth_permission VALUES (8, 'Can view permission', 2, 'view_permission');
INSERT INTO public.auth_permission VALUES (9, 'Can add group', 3, 'add_group');
INSERT INTO public.auth_permission VALUES (10, 'Can change group', 3, 'change_group');
INSERT INTO public.auth_permission VALUES (11, 'Can delete group', 3, 'delete_group');
INSERT INTO public.auth_permission VALUES (12, 'Can view group', 3, 'view_group');
INSERT INTO public.auth_permission VALUES (13, 'Can add user', 4, 'add_user');
INSERT INTO public.auth_permission VALUES (14, 'Can change user', 4, 'change_user');
INSERT INTO public.auth_permission VALUES (15, 'Can delete user', 4, 'delete_user');
INSERT INTO public.auth_permission VALUES (16, 'Can view user', 4, 'view_user');
INSERT INTO public.auth_permission VALUES (17, 'Can add content type', 5, 'add_contenttype');
INSERT INTO public.auth_permission VALUES (18, 'Can change content type', 5, 'change_contenttype');
INSERT INTO public.auth_permission VALUES (19, 'Can delete content type', 5, 'delete_contenttype');
INSERT INTO public.auth_permission VALUES (20, 'Can view content type', 5, 'view_contenttype');
INSERT INTO public.auth_permission VALUES (21, 'Can add session', 6, 'add_session');
INSERT INTO public.auth_permission VALUES (22, 'Can change session', 6, 'change_session');
INSERT INTO public.auth_permission VALUES (23, 'Can delete session', 6, 'delete_session');
INSERT INTO public.auth_permission VALUES (24, 'Can view session', 6, 'view_session');
INSERT INTO public.auth_permission VALUES (25, 'Can add static device', 7, 'add_staticdevice');
INSERT INTO public.auth_permission VALUES (26, 'Can change static device', 7, 'change_staticdevice');
INSERT INTO public.auth_permission VALUES (27, 'Can delete static device', 7, 'delete_staticdevice');
INSERT INTO public.auth_permission VALUES (28, 'Can view static device', 7, 'view_staticdevice');
INSERT INTO public.auth_permission VALUES (29, 'Can add static token', 8, 'add_statictoken');
INSERT INTO public.auth_permission VALUES (30, 'Can change static token', 8, 'change_statictoken');
INSERT INTO public.auth_permission VALUES (31, 'Can delete static token', 8, 'delete_statictoken');
INSERT INTO public.auth_permission VALUES (32, 'Can view static token', 8, 'view_statictoken');
INSERT INTO public.auth_permission VALUES (33, 'Can add TOTP device', 9, 'add_totpdevice');
INSERT INTO public.auth_permission VALUES (34, 'Can change TOTP device', 9, 'change_totpdevice');
INSERT INTO public.auth_permission VALUES (35, 'Can delete TOTP device', 9, 'delete_totpdevice');
INSERT INTO public.auth_permission VALUES (36, 'Can view TOTP device', 9, 'view_totpdevice');
INSERT INTO public.auth_permission VALUES (37, 'Can add channel', 10, 'add_channel');
INSERT INTO public.auth_permission VALUES (38, 'Can change channel', 10, 'change_channel');
INSERT INTO public.auth_permission VALUES (39, 'Can delete channel', 10, 'delete_channel');
INSERT INTO public.auth_permission VALUES (40, 'Can view channel', 10, 'view_channel');
INSERT INTO public.auth_permission VALUES (41, 'Can import channels', 10, 'bulk_change_channel');
INSERT INTO public.auth_permission VALUES (42, 'Can add service', 11, 'add_service');
INSERT INTO public.auth_permission VALUES (43, 'Can change service', 11, 'change_service');
INSERT INTO public.auth_permission VALUES (44, 'Can delete service', 11, 'delete_service');
INSERT INTO public.auth_permission VALUES (45, 'Can view service', 11, 'view_service');
INSERT INTO public.auth_permission VALUES (46, 'Can copy services', 11, 'bulk_change_service');
INSERT INTO public.auth_permission VALUES (47, 'Can add request type', 12, 'add_requesttype');
INSERT INTO public.auth_permission VALUES (48, 'Can change request type', 12, 'change_requesttype');
INSERT INTO public.auth_permission VALUES (49, 'Can delete request type', 12, 'delete_requesttype');
INSERT INTO public.auth_permission VALUES (50, 'Can view request type', 12, 'view_requesttype');
INSERT INTO public.auth_permission VALUES (51, 'Can add schedule', 13, 'add_schedule');
INSERT INTO public.auth_permission VALUES (52, 'Can change schedule', 13, 'change_schedule');
INSERT INTO public.auth_permission VALUES (53, 'Can delete schedule', 13, 'delete_schedule');
INSERT INTO public.auth_permission VALUES (54, 'Can view schedule', 13, 'view_schedule');
INSERT INTO public.auth_permission VALUES (55, 'Can import schedules and change many on public holidays', 13, 'bulk_change_schedule');
INSERT INTO public.auth_permission VALUES (56, 'Can view entry of the audit log', 14, 'view_auditentry');
INSERT INTO public.auth_permission VALUES (57, 'Can add contact point', 17, 'add_contactpoint');
INSERT INTO public.auth_permission VALUES (58, 'Can change contact point', 17, 'change_contactpoint');
INSERT INTO public.auth_permission VALUES (59, 'Can delete contact point', 17, 'delete_contactpoint');
INSERT INTO public.auth_permission VALUES (60, 'Can view contact point', 17, 'view_contactpoint');
INSERT INTO public.auth_permission VALUES (61, 'Can import, replace and verify many contact points', 17, 'bulk_change_contactpoint');
INSERT INTO public.auth_permission VALUES (62, 'Can add contact of a channel', 18, 'add_channelcontact');
INSERT INTO public.auth_permission VALUES (63, 'Can change contact of a channel', 18, 'change_channelcontact');
INSERT INTO public.auth_permission VALUES (64, 'Can delete contact of a channel', 18, 'delete_channelcontact');
INSERT INTO public.auth_permission VALUES (65, 'Can view contact of a channel', 18, 'view_channelcontact');
INSERT INTO public.auth_permission VALUES (66, 'Can view report of a customer', 20, 'view_contactreport');
INSERT INTO public.auth_permission VALUES (67, 'Can change report of a customer', 20, 'change_contactreport');
INSERT INTO public.auth_permission VALUES (68, 'Can add edition', 23, 'add_edition');
INSERT INTO public.auth_permission VALUES (69, 'Can change edition', 23, 'change_edition');
INSERT INTO public.auth_permission VALUES (70, 'Can delete edition', 23, 'delete_edition');
INSERT INTO public.auth_permission VALUES (71, 'Can view edition', 23, 'view_edition');
INSERT INTO public.auth_permission VALUES (72, 'Can withdraw editions', 23, 'withdraw_edition');
INSERT INTO public.auth_permission VALUES (73, 'Can read what withdrawn editions said', 23, 'view_withdrawn_edition');
INSERT INTO public.auth_permission VALUES (74, 'Can erase withdrawn editions for ever', 23, 'erase_edition');
INSERT INTO public.auth_permission VALUES (75, 'Can add finding', 26, 'add_findingacceptance');
INSERT INTO public.auth_permission VALUES (76, 'Can change finding', 26, 'change_findingacceptance');
INSERT INTO public.auth_permission VALUES (77, 'Can delete finding', 26, 'delete_findingacceptance');
INSERT INTO public.auth_permission VALUES (78, 'Can view finding', 26, 'view_findingacceptance');
INSERT INTO public.auth_permission VALUES (79, 'Can add notice', 29, 'add_notice');
INSERT INTO public.auth_permission VALUES (80, 'Can change notice', 29, 'change_notice');
INSERT INTO public.auth_permission VALUES (81, 'Can delete notice', 29, 'delete_notice');
INSERT INTO public.auth_permission VALUES (82, 'Can view notice', 29, 'view_notice');
INSERT INTO public.auth_permission VALUES (83, 'Can add response target', 31, 'add_responsetarget');
INSERT INTO public.auth_permission VALUES (84, 'Can change response target', 31, 'change_responsetarget');
INSERT INTO public.auth_permission VALUES (85, 'Can delete response target', 31, 'delete_responsetarget');
INSERT INTO public.auth_permission VALUES (86, 'Can view response target', 31, 'view_responsetarget');
INSERT INTO public.auth_permission VALUES (87, 'Can view change', 32, 'view_revision');
INSERT INTO public.auth_permission VALUES (88, 'Can view proposal', 34, 'view_proposal');
INSERT INTO public.auth_permission VALUES (89, 'Can publish and refuse what others propose', 34, 'publish_proposal');
INSERT INTO public.auth_permission VALUES (90, 'Can add exception', 35, 'add_scheduleexception');
INSERT INTO public.auth_permission VALUES (91, 'Can change exception', 35, 'change_scheduleexception');
INSERT INTO public.auth_permission VALUES (92, 'Can delete exception', 35, 'delete_scheduleexception');
INSERT INTO public.auth_permission VALUES (93, 'Can view exception', 35, 'view_scheduleexception');
INSERT INTO public.auth_permission VALUES (94, 'Can add hours of an exception', 36, 'add_exceptionspan');
INSERT INTO public.auth_permission VALUES (95, 'Can change hours of an exception', 36, 'change_exceptionspan');
INSERT INTO public.auth_permission VALUES (96, 'Can delete hours of an exception', 36, 'delete_exceptionspan');
INSERT INTO public.auth_permission VALUES (97, 'Can view hours of an exception', 36, 'view_exceptionspan');
INSERT INTO public.auth_permission VALUES (98, 'Can view subscription', 38, 'view_subscription');
INSERT INTO public.auth_permission VALUES (99, 'Can delete subscription', 38, 'delete_subscription');
INSERT INTO public.auth_permission VALUES (100, 'Can add time span', 39, 'add_timespan');
INSERT INTO public.auth_permission VALUES (101, 'Can change time span', 39, 'change_timespan');
INSERT INTO public.auth_permission VALUES (102, 'Can delete time span', 39, 'delete_timespan');
INSERT INTO public.auth_permission VALUES (103, 'Can view time span', 39, 'view_timespan');
INSERT INTO public.auth_permission VALUES (104, 'Can add escalation contact', 42, 'add_escalationcontact');
INSERT INTO public.auth_permission VALUES (105, 'Can change escalation contact', 42, 'change_escalationcontact');
INSERT INTO public.auth_permission VALUES (106, 'Can delete escalation contact', 42, 'delete_escalationcontact');
INSERT INTO public.auth_permission VALUES (107, 'Can view escalation contact', 42, 'view_escalationcontact');
INSERT INTO public.auth_permission VALUES (108, 'Can import escalation contacts', 42, 'bulk_change_escalationcontact');
INSERT INTO public.auth_permission VALUES (109, 'Can add absence', 43, 'add_absence');
INSERT INTO public.auth_permission VALUES (110, 'Can change absence', 43, 'change_absence');
INSERT INTO public.auth_permission VALUES (111, 'Can delete absence', 43, 'delete_absence');
INSERT INTO public.auth_permission VALUES (112, 'Can view absence', 43, 'view_absence');
INSERT INTO public.auth_permission VALUES (113, 'Can add contact of an escalation contact', 44, 'add_escalationcontactuse');
INSERT INTO public.auth_permission VALUES (114, 'Can change contact of an escalation contact', 44, 'change_escalationcontactuse');
INSERT INTO public.auth_permission VALUES (115, 'Can delete contact of an escalation contact', 44, 'delete_escalationcontactuse');
INSERT INTO public.auth_permission VALUES (116, 'Can view contact of an escalation contact', 44, 'view_escalationcontactuse');
INSERT INTO public.auth_permission VALUES (117, 'Can add escalation policy', 45, 'add_escalationpolicy');
INSERT INTO public.auth_permission VALUES (118, 'Can change escalation policy', 45, 'change_escalationpolicy');
INSERT INTO public.auth_permission VALUES (119, 'Can delete escalation policy', 45, 'delete_escalationpolicy');
INSERT INTO public.auth_permission VALUES (120, 'Can view escalation policy', 45, 'view_escalationpolicy');
INSERT INTO public.auth_permission VALUES (121, 'Can add escalation level', 46, 'add_escalationlevel');
INSERT INTO public.auth_permission VALUES (122, 'Can change escalation level', 46, 'change_escalationlevel');
INSERT INTO public.auth_permission VALUES (123, 'Can delete escalation level', 46, 'delete_escalationlevel');
INSERT INTO public.auth_permission VALUES (124, 'Can view escalation level', 46, 'view_escalationlevel');
INSERT INTO public.auth_permission VALUES (125, 'Can add time to escalate', 47, 'add_escalationtime');
INSERT INTO public.auth_permission VALUES (126, 'Can change time to escalate', 47, 'change_escalationtime');
INSERT INTO public.auth_permission VALUES (127, 'Can delete time to escalate', 47, 'delete_escalationtime');
INSERT INTO public.auth_permission VALUES (128, 'Can view time to escalate', 47, 'view_escalationtime');
INSERT INTO public.auth_permission VALUES (129, 'Can add contact during an absence', 48, 'add_absencecontact');
INSERT INTO public.auth_permission VALUES (130, 'Can change contact during an absence', 48, 'change_absencecontact');
INSERT INTO public.auth_permission VALUES (131, 'Can delete contact during an absence', 48, 'delete_absencecontact');
INSERT INTO public.auth_permission VALUES (132, 'Can view contact during an absence', 48, 'view_absencecontact');
INSERT INTO public.auth_user VALUES (1, 'argon2$argon2id$v=19$m=47104,t=2,p=1$cWN0dU1yNXpPNjFXMGZWcktqS0tNMA$My3X3r6uWUJ0SNCrQgQHwjz+XjkYRl3+SjKW9qf4NzM', '2026-11-30 04:23:56.391449+00', true, 'ana', '', '', 'ana@example.com', true, true, '2026-11-30 04:23:56.297201+00');
INSERT INTO public.directory_auditentry VALUES (1, '2026-11-30 04:23:55.057469+00', 'published', NULL, '', '', '', 'directory.edition', '1', 'Papelería Luna, edición 1', '{"first": ["papeleria-luna 1"], "command": "loaddata", "editions": 1, "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (2, '2026-11-30 04:23:55.059993+00', 'role_added', NULL, '', '', '', 'auth.group', '1', 'Editores', '{"command": "loaddata", "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (3, '2026-11-30 04:23:55.061299+00', 'rights_granted', NULL, '', '', '', 'auth.group', '1', 'Editores', '{"command": "loaddata", "permissions": ["directory.add_channelcontact", "directory.add_contactpoint", "directory.add_exceptionspan", "directory.add_findingacceptance", "directory.add_notice", "directory.add_responsetarget", "directory.add_schedule", "directory.add_scheduleexception", "directory.add_timespan", "directory.change_channel", "directory.change_channelcontact", "directory.change_contactpoint", "directory.change_contactreport", "directory.change_exceptionspan", "directory.change_notice", "directory.change_responsetarget", "directory.change_schedule", "directory.change_scheduleexception", "directory.change_service", "directory.change_timespan", "directory.delete_channelcontact", "directory.delete_contactpoint", "directory.delete_exceptionspan", "directory.delete_findingacceptance", "directory.delete_notice", "directory.delete_responsetarget", "directory.delete_schedule", "directory.delete_scheduleexception", "directory.delete_subscription", "directory.delete_timespan", "directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_contactreport", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "escalations.add_absence", "escalations.add_absencecontact", "escalations.add_escalationcontact", "escalations.add_escalationcontactuse", "escalations.add_escalationtime", "escalations.change_absence", "escalations.change_absencecontact", "escalations.change_escalationcontact", "escalations.change_escalationcontactuse", "escalations.change_escalationlevel", "escalations.change_escalationpolicy", "escalations.change_escalationtime", "escalations.delete_absence", "escalations.delete_absencecontact", "escalations.delete_escalationcontact", "escalations.delete_escalationcontactuse", "escalations.delete_escalationtime", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"], "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (4, '2026-11-30 04:23:55.061903+00', 'role_added', NULL, '', '', '', 'auth.group', '2', 'Publicadores', '{"command": "loaddata", "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (5, '2026-11-30 04:23:55.063028+00', 'rights_granted', NULL, '', '', '', 'auth.group', '2', 'Publicadores', '{"command": "loaddata", "permissions": ["directory.add_channel", "directory.add_channelcontact", "directory.add_contactpoint", "directory.add_exceptionspan", "directory.add_findingacceptance", "directory.add_notice", "directory.add_requesttype", "directory.add_responsetarget", "directory.add_schedule", "directory.add_scheduleexception", "directory.add_service", "directory.add_timespan", "directory.bulk_change_channel", "directory.bulk_change_contactpoint", "directory.bulk_change_schedule", "directory.bulk_change_service", "directory.change_channel", "directory.change_channelcontact", "directory.change_contactpoint", "directory.change_contactreport", "directory.change_exceptionspan", "directory.change_notice", "directory.change_requesttype", "directory.change_responsetarget", "directory.change_schedule", "directory.change_scheduleexception", "directory.change_service", "directory.change_timespan", "directory.delete_channel", "directory.delete_channelcontact", "directory.delete_contactpoint", "directory.delete_exceptionspan", "directory.delete_findingacceptance", "directory.delete_notice", "directory.delete_requesttype", "directory.delete_responsetarget", "directory.delete_schedule", "directory.delete_scheduleexception", "directory.delete_service", "directory.delete_subscription", "directory.delete_timespan", "directory.publish_proposal", "directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_contactreport", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "escalations.add_absence", "escalations.add_absencecontact", "escalations.add_escalationcontact", "escalations.add_escalationcontactuse", "escalations.add_escalationlevel", "escalations.add_escalationpolicy", "escalations.add_escalationtime", "escalations.bulk_change_escalationcontact", "escalations.change_absence", "escalations.change_absencecontact", "escalations.change_escalationcontact", "escalations.change_escalationcontactuse", "escalations.change_escalationlevel", "escalations.change_escalationpolicy", "escalations.change_escalationtime", "escalations.delete_absence", "escalations.delete_absencecontact", "escalations.delete_escalationcontact", "escalations.delete_escalationcontactuse", "escalations.delete_escalationlevel", "escalations.delete_escalationpolicy", "escalations.delete_escalationtime", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"], "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (6, '2026-11-30 04:23:55.063623+00', 'role_added', NULL, '', '', '', 'auth.group', '3', 'Lectores', '{"command": "loaddata", "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (7, '2026-11-30 04:23:55.064667+00', 'rights_granted', NULL, '', '', '', 'auth.group', '3', 'Lectores', '{"command": "loaddata", "permissions": ["directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"], "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (8, '2026-11-30 04:23:55.065127+00', 'role_added', NULL, '', '', '', 'auth.group', '4', 'Auditores', '{"command": "loaddata", "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (9, '2026-11-30 04:23:55.066053+00', 'rights_granted', NULL, '', '', '', 'auth.group', '4', 'Auditores', '{"command": "loaddata", "permissions": ["directory.erase_edition", "directory.view_auditentry", "directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_contactreport", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "directory.view_withdrawn_edition", "directory.withdraw_edition", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"], "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (10, '2026-11-30 04:23:55.066501+00', 'role_added', NULL, '', '', '', 'auth.group', '5', 'Mostrador', '{"command": "loaddata", "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (11, '2026-11-30 04:23:55.067332+00', 'rights_granted', NULL, '', '', '', 'auth.group', '5', 'Mostrador', '{"command": "loaddata", "permissions": ["directory.change_contactpoint", "directory.view_channel", "directory.view_contactpoint", "directory.view_service"], "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (12, '2026-11-30 04:23:55.067766+00', 'imported', NULL, '', '', '', '', '', '', '{"files": ["roles.json", "example_shop.json"], "command": "loaddata", "objects": 46, "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (13, '2026-11-30 04:23:56.378131+00', 'person_added', NULL, '', '', '', 'auth.user', '1', 'ana', '{"email": "ana@example.com", "command": "shell", "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (14, '2026-11-30 04:23:56.379991+00', 'rights_granted', NULL, '', '', '', 'auth.user', '1', 'ana', '{"command": "shell", "is_staff": true, "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (15, '2026-11-30 04:23:56.381308+00', 'rights_granted', NULL, '', '', '', 'auth.user', '1', 'ana', '{"command": "shell", "is_superuser": true, "machine_user": "root"}');
INSERT INTO public.directory_auditentry VALUES (16, '2026-11-30 04:23:56.39217+00', 'signed_in', 1, 'ana', '', '', 'auth.user', '1', 'ana', '{}');
INSERT INTO public.directory_auditentry VALUES (17, '2026-11-30 04:23:56.654615+00', 'published', 1, 'ana', '127.0.0.1', 'NK5G-FNXN-4HH6', 'directory.edition', '2', 'Papelería Luna, edición 2', '{"first": ["papeleria-luna 2"], "editions": 1}');
INSERT INTO public.directory_auditentry VALUES (18, '2026-11-30 04:23:56.664776+00', 'changed', 1, 'ana', '127.0.0.1', 'NK5G-FNXN-4HH6', 'directory.revision', '1', 'se modificó: medio de contacto 1', '{"action": "changed", "others": 0}');
INSERT INTO public.directory_auditentry VALUES (19, '2026-11-30 04:23:56.772739+00', 'edition_withdrawn', 1, 'ana', '', '', 'directory.edition', '1', 'Papelería Luna, edición 1', '{"reason": "Prueba", "command": "shell", "machine_user": "root"}');
INSERT INTO public.directory_channel VALUES (1, NULL, NULL, 'telefonico', 'telephone', 'Teléfono', 'Tenga a la mano el número de su pedido.', false, '', 1, 1, 1);
INSERT INTO public.directory_channel VALUES (2, NULL, NULL, 'whatsapp', 'whatsapp', 'WhatsApp', '', false, '', 2, 1, 1);
INSERT INTO public.directory_channel VALUES (3, NULL, NULL, 'quejas', 'email', 'Quejas por escrito', '', false, '', 3, 1, 1);
INSERT INTO public.directory_channel_request_types VALUES (1, 1, 1);
INSERT INTO public.directory_channel_request_types VALUES (2, 2, 1);
INSERT INTO public.directory_channel_request_types VALUES (3, 3, 2);
INSERT INTO public.directory_channelcontact VALUES (1, 'Pedidos', 'Opción 1', '101, 102', 1, 1, 1);
INSERT INTO public.directory_channelcontact VALUES (2, '', '', '', 0, 2, 3);
INSERT INTO public.directory_channelcontact VALUES (3, '', '', '', 1, 3, 4);
INSERT INTO public.directory_channelcontact VALUES (4, '', '', '', 2, 3, 5);
INSERT INTO public.directory_checkrun VALUES (1, '2026-11-30 04:23:55.072567+00', 1, 2, true);
INSERT INTO public.directory_contactpoint VALUES (2, 'linea-nueva', 'phone', 'Línea de la papelería', '+523336145600', '', '', '', '', '', '', '', NULL, NULL, '{}', NULL);
INSERT INTO public.directory_contactpoint VALUES (3, 'whatsapp-tienda', 'whatsapp', 'Pedidos por WhatsApp', '+523336145700', '', '', '', '', '', '', '', NULL, NULL, '{}', NULL);
INSERT INTO public.directory_contactpoint VALUES (4, 'correo-tienda', 'email', 'Correo de la papelería', '', '', 'hola@papelerialuna.example.com', '', '', '', '', '', NULL, NULL, '{}', NULL);
INSERT INTO public.directory_contactpoint VALUES (5, 'pedidos-en-linea', 'web', 'Pedidos en línea', '', '', '', 'https://papelerialuna.example.com/pedidos', '', '', '', '', NULL, NULL, '{}', NULL);
INSERT INTO public.directory_contactpoint VALUES (1, 'linea-tienda', 'phone', 'Ventas', '+523336145500', '', '', '', '', '', '', '', NULL, '2030-02-01', '{}', 2);
INSERT INTO public.directory_currentedition VALUES (1, 2, 'c81d5073550831ed4908b34eec1750744afd5a0e9e1de15ee95f0b79fa8a321c', 'CjMd3B1bB-Iv3HaJCOcqVaRsPxxAm2ae5TvQoNva-dQ', 2);
INSERT INTO public.directory_directoryversion VALUES (1, '2d5db2d784a36c862956055ad2717869');
INSERT INTO public.directory_edition VALUES (2, 2, '{"slug":"papeleria-luna","name":"Papelería Luna","introduction":"Pedidos, facturas y devoluciones de la tienda de Guadalajara.","notices":[{"code":"whatsapp-mantenimiento","text":"Por mantenimiento no respondemos por WhatsApp. Llámenos.","severity":"out_of_order","since":"2030-03-05T02:00:00Z","until":"2030-03-05T12:00:00Z","channel":"whatsapp"}],"targets":[{"request_type":{"code":"queja","name":"Quejas"},"respond_minutes":1440,"solve_minutes":7200,"in_open_hours":true}],"channels":[{"code":"telefonico","medium":"telephone","title":"Teléfono","description":"Tenga a la mano el número de su pedido.","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Pedidos","value":"+523336145500","menu_options":"Opción 1","extensions":["101","102"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Pedidos","value":"+523336145600"}]}]},{"code":"whatsapp","medium":"whatsapp","title":"WhatsApp","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"whatsapp-tienda","kind":"whatsapp","label":"Pedidos por WhatsApp","value":"+523336145700"}]},{"code":"quejas","medium":"email","title":"Quejas por escrito","request_types":[{"code":"queja","name":"Quejas"}],"schedule":"mostrador","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"},{"code":"pedidos-en-linea","kind":"web","label":"Pedidos en línea","value":"https://papelerialuna.example.com/pedidos"}]}],"escalation":{"instructions":"Si en un día hábil nadie le ha resuelto, pida el siguiente nivel.","levels":[{"level":1,"contact":"encargada","name":"Encargada de la tienda","person":"Lucía Ramos","public":"person","escalate_after_minutes":480,"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Ventas","value":"+523336145500","extensions":["100"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]},{"level":2,"escalate_after":[{"request_type":{"code":"queja","name":"Quejas"},"minutes":960}],"contact":"duena","name":"Dueña","public":"person","escalate_after_minutes":1440,"contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}],"times_count":"no_answer","absences":[{"contact":"encargada","first_day":"2030-07-01","last_day":"2030-07-15","stand_in":"duena","contacts":[{"code":"linea-tienda","kind":"phone","label":"Ventas","value":"+523336145500","replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]}],"stand_ins":{"duena":{"name":"Dueña","public":"person","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}}},"schedules":{"mostrador":{"code":"mostrador","name":"Mostrador de la papelería","timezone":"America/Mexico_City","country":"MX","subdivision":"","always_open":false,"holidays":"own_hours","spans":[{"opens":"09:00:00","closes":"19:00:00","day":1,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":2,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":3,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":4,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":5,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":6,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":8,"valid_from":null,"valid_until":null,"every_year":false}],"exceptions":[{"first_day":"2026-01-01","last_day":null,"reason":"Conteo de inventario","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"17:00:00","also_on_days_off":false,"every_year":false,"monthly":"last_working_day","for_all":false},{"first_day":"2030-01-02","last_day":"2030-01-03","reason":"Inventario anual","effect":"closed","spans":[],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":false,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2030-08-24","last_day":"2030-08-25","reason":"Regreso a clases","effect":"other_hours","spans":[{"opens":"09:00:00","closes":"20:00:00"}],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":true,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2026-12-24","last_day":"2026-12-24","reason":"Nochebuena","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"14:00:00","also_on_days_off":false,"every_year":true,"monthly":null,"for_all":true}]}},"renamed_from":"papeleria"}', '63cdbece3d0579d24180c7c0b4a1913c840958fb69cc8e17a70111b5ebc761bf', 'papeleria luna
papeleria-luna
pedidos, facturas y devoluciones de la tienda de guadalajara.
por mantenimiento no respondemos por whatsapp. llamenos.
quejas
complaints
queixas
telefono
todas
all
pedidos
+523336145500
101
102
+523336145600
telephone
telefone
whatsapp
pedidos por whatsapp
+523336145700
quejas por escrito
correo de la papeleria
hola@papelerialuna.example.com
pedidos en linea
https://papelerialuna.example.com/pedidos
encargada de la tienda
lucia ramos
ventas
100
duena
+523336145600 523336145600
+523336145500 523336145500
+523336145700 523336145700', 'c81d5073550831ed4908b34eec1750744afd5a0e9e1de15ee95f0b79fa8a321c', 'tag:localhost,2026-11-30:024ac3983406a8d850a0e3ce78ba23d3', '2026-11-30 04:23:56.605056+00', '5e0506e1a615bdd5adc656993c55710864d313de5affb43fa279eb8b3ead0731', 'RZPxQg3-DtZ6rXDtdoIpAeO6te_TvD3DjH9OTXxpaXQ', NULL, '', '', NULL, '', NULL, NULL, 1, 1, NULL);
INSERT INTO public.directory_edition VALUES (1, 1, '{"slug":"papeleria-luna","name":"Papelería Luna","introduction":"Pedidos, facturas y devoluciones de la tienda de Guadalajara.","notices":[{"code":"whatsapp-mantenimiento","text":"Por mantenimiento no respondemos por WhatsApp. Llámenos.","severity":"out_of_order","since":"2030-03-05T02:00:00Z","until":"2030-03-05T12:00:00Z","channel":"whatsapp"}],"targets":[{"request_type":{"code":"queja","name":"Quejas"},"respond_minutes":1440,"solve_minutes":7200,"in_open_hours":true}],"channels":[{"code":"telefonico","medium":"telephone","title":"Teléfono","description":"Tenga a la mano el número de su pedido.","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Pedidos","value":"+523336145500","menu_options":"Opción 1","extensions":["101","102"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Pedidos","value":"+523336145600"}]}]},{"code":"whatsapp","medium":"whatsapp","title":"WhatsApp","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"whatsapp-tienda","kind":"whatsapp","label":"Pedidos por WhatsApp","value":"+523336145700"}]},{"code":"quejas","medium":"email","title":"Quejas por escrito","request_types":[{"code":"queja","name":"Quejas"}],"schedule":"mostrador","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"},{"code":"pedidos-en-linea","kind":"web","label":"Pedidos en línea","value":"https://papelerialuna.example.com/pedidos"}]}],"escalation":{"instructions":"Si en un día hábil nadie le ha resuelto, pida el siguiente nivel.","levels":[{"level":1,"contact":"encargada","name":"Encargada de la tienda","person":"Lucía Ramos","public":"person","escalate_after_minutes":480,"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Línea de la papelería","value":"+523336145500","extensions":["100"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]},{"level":2,"escalate_after":[{"request_type":{"code":"queja","name":"Quejas"},"minutes":960}],"contact":"duena","name":"Dueña","public":"person","escalate_after_minutes":1440,"contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}],"times_count":"no_answer","absences":[{"contact":"encargada","first_day":"2030-07-01","last_day":"2030-07-15","stand_in":"duena","contacts":[{"code":"linea-tienda","kind":"phone","label":"Línea de la papelería","value":"+523336145500","replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]}],"stand_ins":{"duena":{"name":"Dueña","public":"person","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}}},"schedules":{"mostrador":{"code":"mostrador","name":"Mostrador de la papelería","timezone":"America/Mexico_City","country":"MX","subdivision":"","always_open":false,"holidays":"own_hours","spans":[{"opens":"09:00:00","closes":"19:00:00","day":1,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":2,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":3,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":4,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":5,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":6,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":8,"valid_from":null,"valid_until":null,"every_year":false}],"exceptions":[{"first_day":"2026-01-01","last_day":null,"reason":"Conteo de inventario","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"17:00:00","also_on_days_off":false,"every_year":false,"monthly":"last_working_day","for_all":false},{"first_day":"2030-01-02","last_day":"2030-01-03","reason":"Inventario anual","effect":"closed","spans":[],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":false,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2030-08-24","last_day":"2030-08-25","reason":"Regreso a clases","effect":"other_hours","spans":[{"opens":"09:00:00","closes":"20:00:00"}],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":true,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2026-12-24","last_day":"2026-12-24","reason":"Nochebuena","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"14:00:00","also_on_days_off":false,"every_year":true,"monthly":null,"for_all":true}]}},"renamed_from":"papeleria"}', 'fc8c58b583a3be0b12e38c11091e3accac737e347c5eb0bb758a8ff87f6d53ee', '', '024ac3983406a8d850a0e3ce78ba23d3322caba3e2ee8d9c5085cef13d715281', 'tag:localhost,2026-11-30:024ac3983406a8d850a0e3ce78ba23d3', '2026-11-30 04:23:54.908804+00', 'beddd5807794c6214d42a0f2fba2ed7c92be48872383a1c74fffb0074b7cc487', 'MgE_oVGiFp1haEBddlZFbcB39G36wORShd6rLwaKIeg', '2026-11-30 04:23:56.767623+00', 'Prueba', 'sez3H7KhvZIijWfsbsQPM8SNN_rNckBWQjF1OoJaj4c', NULL, '', NULL, NULL, NULL, 1, 1);
INSERT INTO public.directory_exceptionspan VALUES (1, '09:00:00', '20:00:00', 3);
INSERT INTO public.directory_finding VALUES (2, '8526ae31dde4bc4d1259e950341712ec91e3b27553cb41ae651b1d769de7a2b5', 'not_verified', 3, 30, 'directory.contactpoint', 2, 'verified_on', '', '{"en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "+52 33 3614 5600 · Línea de la papelería"}, "es": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "+52 33 3614 5600 · Línea de la papelería"}, "pt": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "+52 33 3614 5600 · Línea de la papelería"}}');
INSERT INTO public.directory_finding VALUES (3, 'cf4e9d3b639511ff8a2ea27c7b3ab05d35895e811c382275c2bcbf7ec00c6d9e', 'not_verified', 3, 30, 'directory.contactpoint', 3, 'verified_on', '', '{"en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "+52 33 3614 5700 · Pedidos por WhatsApp"}, "es": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "+52 33 3614 5700 · Pedidos por WhatsApp"}, "pt": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "+52 33 3614 5700 · Pedidos por WhatsApp"}}');
INSERT INTO public.directory_finding VALUES (4, '4c1290b24ec951b5b0944900ed0be9f07b717e70e4f8dff51be4b2fa55ca33e4', 'not_verified', 3, 30, 'directory.contactpoint', 4, 'verified_on', '', '{"en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "hola@papelerialuna.example.com · Correo de la papelería"}, "es": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "hola@papelerialuna.example.com · Correo de la papelería"}, "pt": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "hola@papelerialuna.example.com · Correo de la papelería"}}');
INSERT INTO public.directory_finding VALUES (5, '1d9547f97da4cd63e9c42ad4b89f3c44309976ecab738389fa82f336a8ce92a7', 'not_verified', 3, 30, 'directory.contactpoint', 5, 'verified_on', '', '{"en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "https://papelerialuna.example.com/pedidos · Pedidos en línea"}, "es": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "https://papelerialuna.example.com/pedidos · Pedidos en línea"}, "pt": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "https://papelerialuna.example.com/pedidos · Pedidos en línea"}}');
INSERT INTO public.directory_finding VALUES (6, 'dc16a89a9a56a54fd329c5136fdd27471cc1539ac5a347301b086f2457f35331', 'not_verified', 3, 30, 'directory.contactpoint', 1, 'verified_on', '', '{"en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "+52 33 3614 5500 · Ventas"}, "es": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "+52 33 3614 5500 · Ventas"}, "pt": {"message": "Nadie ha anotado que funcione. Pruébelo y confírmelo.", "subject": "+52 33 3614 5500 · Ventas"}}');
INSERT INTO public.directory_findingrow VALUES (3, 'directory.service', 1, false, 2);
INSERT INTO public.directory_findingrow VALUES (4, 'directory.contactpoint', 2, true, 2);
INSERT INTO public.directory_findingrow VALUES (5, 'directory.service', 1, false, 3);
INSERT INTO public.directory_findingrow VALUES (6, 'directory.contactpoint', 3, true, 3);
INSERT INTO public.directory_findingrow VALUES (7, 'directory.service', 1, false, 4);
INSERT INTO public.directory_findingrow VALUES (8, 'directory.contactpoint', 4, true, 4);
INSERT INTO public.directory_findingrow VALUES (9, 'directory.service', 1, false, 5);
INSERT INTO public.directory_findingrow VALUES (10, 'directory.contactpoint', 5, true, 5);
INSERT INTO public.directory_findingrow VALUES (11, 'directory.service', 1, false, 6);
INSERT INTO public.directory_findingrow VALUES (12, 'directory.contactpoint', 1, true, 6);
INSERT INTO public.directory_formerslug VALUES (1, 'papeleria', 1);
INSERT INTO public.directory_notice VALUES (1, 'whatsapp-mantenimiento', 'out_of_order', 'Por mantenimiento no respondemos por WhatsApp. Llámenos.', '2030-03-05 02:00:00+00', '2030-03-05 12:00:00+00', NULL, 2, NULL, NULL);
INSERT INTO public.directory_requesttype VALUES (1, 'todas', 'Todas', '', true, false, 1);
INSERT INTO public.directory_requesttype VALUES (2, 'queja', 'Quejas', '', false, false, 6);
INSERT INTO public.directory_responsetarget VALUES (1, 1440, 7200, true, 2, 1);
INSERT INTO public.directory_revisedrow VALUES (1, 1, '{"label": "Línea de la papelería"}', '{"label": "Ventas"}', 17, 1);
INSERT INTO public.directory_revision VALUES (1, '2026-11-30 04:23:56.663435+00', 'changed', '1', '+52 33 3614 5500 · Ventas', 0, '[{"changed": {"fields": ["Nombre: L\u00ednea de la papeler\u00eda \u2192 Ventas"]}}]', 17, 1, NULL, NULL);
INSERT INTO public.directory_revision_entries VALUES (1, 1, 1);
INSERT INTO public.directory_schedule VALUES (1, 'mostrador', 'Mostrador de la papelería', false, 'own_hours', 'America/Mexico_City', 'MX', '');
INSERT INTO public.directory_scheduleexception VALUES (1, 'inventario-2030', false, '2030-01-02', '2030-01-03', false, '', 'Inventario anual', 'closed', NULL, NULL, false);
INSERT INTO public.directory_scheduleexception VALUES (2, 'nochebuena', false, '2026-12-24', '2026-12-24', true, '', 'Nochebuena', 'limited', NULL, '14:00:00', false);
INSERT INTO public.directory_scheduleexception VALUES (3, 'regreso-a-clases-2030', false, '2030-08-24', '2030-08-25', false, '', 'Regreso a clases', 'other_hours', NULL, NULL, true);
INSERT INTO public.directory_scheduleexception VALUES (4, 'conteo', false, '2026-01-01', NULL, false, 'last_working_day', 'Conteo de inventario', 'limited', NULL, '17:00:00', false);
INSERT INTO public.directory_scheduleexception_schedules VALUES (1, 1, 1);
INSERT INTO public.directory_scheduleexception_schedules VALUES (2, 3, 1);
INSERT INTO public.directory_scheduleexception_schedules VALUES (3, 4, 1);
INSERT INTO public.directory_service VALUES (1, 'papeleria-luna', 'Papelería Luna', 'Pedidos, facturas y devoluciones de la tienda de Guadalajara.', false, true, NULL, NULL, NULL, '', '{}', NULL, NULL);
INSERT INTO public.directory_session VALUES ('ptvnrpykh9nwh1dv9vrnon9nfktvg35h', '.eJxtkMtOxDAMRf-lW5jWeTRNumTPjt1oVMWxM1NgUtQHEkL8O65ACCR2ts_19U3eqyFu62XYFp6Hkaq-UtXt7xnG9MRlB_QYy3mq01TWecR6l9TfdKnvJ-Lnu2_tH4NLXC77NqfEQMFnzEF7mwlNSp3l3GGHIScVpWIAYS1ml4PTwQevQgtorRFT5PNWxEqDdgelDgYewPba9K2rTTCg1Q1ADyDSSDTzsoh4b85c1q9yYYlPQ45pneahTOtQmInleeu8sfD4yoKn-Sq7x2PltLJtjJxtQEtJg0fvo0PPzpH11CmrVdQCDHaBQvY-YQBsLSjdGpST_6V1TplW_6RtIl3H0tA4857rrdn_WCK-TGNZGxFUp9PHJ_fkgK4:1xXsvk:3ajuES-VMFpOG0C64WZZ9qvjtnLjEpoEmNNHKe2aJfU', '2026-11-30 06:23:56.756683+00', '2026-11-30 04:23:56.393021+00', '2026-11-30 04:23:56.756683+00', NULL, '', 1);
INSERT INTO public.directory_timespan VALUES (1, NULL, NULL, '09:00:00', '19:00:00', 1, false, 1);
INSERT INTO public.directory_timespan VALUES (2, NULL, NULL, '09:00:00', '19:00:00', 2, false, 1);
INSERT INTO public.directory_timespan VALUES (3, NULL, NULL, '09:00:00', '19:00:00', 3, false, 1);
INSERT INTO public.directory_timespan VALUES (4, NULL, NULL, '09:00:00', '19:00:00', 4, false, 1);
INSERT INTO public.directory_timespan VALUES (5, NULL, NULL, '09:00:00', '19:00:00', 5, false, 1);
INSERT INTO public.directory_timespan VALUES (6, NULL, NULL, '10:00:00', '14:00:00', 6, false, 1);
INSERT INTO public.directory_timespan VALUES (7, NULL, NULL, '10:00:00', '14:00:00', 8, false, 1);
INSERT INTO public.django_admin_log VALUES (1, '2026-11-30 04:23:56.660166+00', '1', '+52 33 3614 5500 · Ventas', 2, '[{"changed": {"fields": ["Nombre: L\u00ednea de la papeler\u00eda \u2192 Ventas"]}}]', 17, 1);
INSERT INTO public.django_content_type VALUES (1, 'admin', 'logentry');
INSERT INTO public.django_content_type VALUES (2, 'auth', 'permission');
INSERT INTO public.django_content_type VALUES (3, 'auth', 'group');
INSERT INTO public.django_content_type VALUES (4, 'auth', 'user');
INSERT INTO public.django_content_type VALUES (5, 'contenttypes', 'contenttype');
INSERT INTO public.django_content_type VALUES (6, 'sessions', 'session');
INSERT INTO public.django_content_type VALUES (7, 'otp_static', 'staticdevice');
INSERT INTO public.django_content_type VALUES (8, 'otp_static', 'statictoken');
INSERT INTO public.django_content_type VALUES (9, 'otp_totp', 'totpdevice');
INSERT INTO public.django_content_type VALUES (10, 'directory', 'channel');
INSERT INTO public.django_content_type VALUES (11, 'directory', 'service');
INSERT INTO public.django_content_type VALUES (12, 'directory', 'requesttype');
INSERT INTO public.django_content_type VALUES (13, 'directory', 'schedule');
INSERT INTO public.django_content_type VALUES (14, 'directory', 'auditentry');
INSERT INTO public.django_content_type VALUES (15, 'directory', 'checkpoint');
INSERT INTO public.django_content_type VALUES (16, 'directory', 'checkrun');
INSERT INTO public.django_content_type VALUES (17, 'directory', 'contactpoint');
INSERT INTO public.django_content_type VALUES (18, 'directory', 'channelcontact');
INSERT INTO public.django_content_type VALUES (19, 'directory', 'currentedition');
INSERT INTO public.django_content_type VALUES (20, 'directory', 'contactreport');
INSERT INTO public.django_content_type VALUES (21, 'directory', 'dailycount');
INSERT INTO public.django_content_type VALUES (22, 'directory', 'directoryversion');
INSERT INTO public.django_content_type VALUES (23, 'directory', 'edition');
INSERT INTO public.django_content_type VALUES (24, 'directory', 'factorrecovery');
INSERT INTO public.django_content_type VALUES (25, 'directory', 'finding');
INSERT INTO public.django_content_type VALUES (26, 'directory', 'findingacceptance');
INSERT INTO public.django_content_type VALUES (27, 'directory', 'findingrow');
INSERT INTO public.django_content_type VALUES (28, 'directory', 'formerslug');
INSERT INTO public.django_content_type VALUES (29, 'directory', 'notice');
INSERT INTO public.django_content_type VALUES (30, 'directory', 'passkey');
INSERT INTO public.django_content_type VALUES (31, 'directory', 'responsetarget');
INSERT INTO public.django_content_type VALUES (32, 'directory', 'revision');
INSERT INTO public.django_content_type VALUES (33, 'directory', 'revisedrow');
INSERT INTO public.django_content_type VALUES (34, 'directory', 'proposal');
INSERT INTO public.django_content_type VALUES (35, 'directory', 'scheduleexception');
INSERT INTO public.django_content_type VALUES (36, 'directory', 'exceptionspan');
INSERT INTO public.django_content_type VALUES (37, 'directory', 'session');
INSERT INTO public.django_content_type VALUES (38, 'directory', 'subscription');
INSERT INTO public.django_content_type VALUES (39, 'directory', 'timespan');
INSERT INTO public.django_content_type VALUES (40, 'directory', 'trycount');
INSERT INTO public.django_content_type VALUES (41, 'directory', 'withheldtext');
INSERT INTO public.django_content_type VALUES (42, 'escalations', 'escalationcontact');
INSERT INTO public.django_content_type VALUES (43, 'escalations', 'absence');
INSERT INTO public.django_content_type VALUES (44, 'escalations', 'escalationcontactuse');
INSERT INTO public.django_content_type VALUES (45, 'escalations', 'escalationpolicy');
INSERT INTO public.django_content_type VALUES (46, 'escalations', 'escalationlevel');
INSERT INTO public.django_content_type VALUES (47, 'escalations', 'escalationtime');
INSERT INTO public.django_content_type VALUES (48, 'escalations', 'absencecontact');
INSERT INTO public.django_migrations VALUES (1, 'contenttypes', '0001_initial', '2026-11-30 04:23:51.734967+00');
INSERT INTO public.django_migrations VALUES (2, 'auth', '0001_initial', '2026-11-30 04:23:51.759811+00');
INSERT INTO public.django_migrations VALUES (3, 'admin', '0001_initial', '2026-11-30 04:23:51.767823+00');
INSERT INTO public.django_migrations VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-30 04:23:51.771916+00');
INSERT INTO public.django_migrations VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-30 04:23:51.774852+00');
INSERT INTO public.django_migrations VALUES (6, 'contenttypes', '0002_remove_content_type_name', '2026-11-30 04:23:51.781362+00');
INSERT INTO public.django_migrations VALUES (7, 'auth', '0002_alter_permission_name_max_length', '2026-11-30 04:23:51.784801+00');
INSERT INTO public.django_migrations VALUES (8, 'auth', '0003_alter_user_email_max_length', '2026-11-30 04:23:51.788223+00');
INSERT INTO public.django_migrations VALUES (9, 'auth', '0004_alter_user_username_opts', '2026-11-30 04:23:51.791075+00');
INSERT INTO public.django_migrations VALUES (10, 'auth', '0005_alter_user_last_login_null', '2026-11-30 04:23:51.79457+00');
INSERT INTO public.django_migrations VALUES (11, 'auth', '0006_require_contenttypes_0002', '2026-11-30 04:23:51.795188+00');
INSERT INTO public.django_migrations VALUES (12, 'auth', '0007_alter_validators_add_error_messages', '2026-11-30 04:23:51.797981+00');
INSERT INTO public.django_migrations VALUES (13, 'auth', '0008_alter_user_username_max_length', '2026-11-30 04:23:51.803533+00');
INSERT INTO public.django_migrations VALUES (14, 'auth', '0009_alter_user_last_name_max_length', '2026-11-30 04:23:51.806854+00');
INSERT INTO public.django_migrations VALUES (15, 'auth', '0010_alter_group_name_max_length', '2026-11-30 04:23:51.810306+00');
INSERT INTO public.django_migrations VALUES (16, 'auth', '0011_update_proxy_permissions', '2026-11-30 04:23:51.812963+00');
INSERT INTO public.django_migrations VALUES (17, 'auth', '0012_alter_user_first_name_max_length', '2026-11-30 04:23:51.816187+00');
INSERT INTO public.django_migrations VALUES (18, 'directory', '0001_initial', '2026-11-30 04:23:53.082769+00');
INSERT INTO public.django_migrations VALUES (19, 'escalations', '0001_initial', '2026-11-30 04:23:53.453521+00');
INSERT INTO public.django_migrations VALUES (20, 'otp_static', '0001_initial', '2026-11-30 04:23:53.497268+00');
INSERT INTO public.django_migrations VALUES (21, 'otp_static', '0002_throttling', '2026-11-30 04:23:53.516753+00');
INSERT INTO public.django_migrations VALUES (22, 'otp_static', '0003_add_timestamps', '2026-11-30 04:23:53.53526+00');
INSERT INTO public.django_migrations VALUES (23, 'otp_totp', '0001_initial', '2026-11-30 04:23:53.555926+00');
INSERT INTO public.django_migrations VALUES (24, 'otp_totp', '0002_auto_20190420_0723', '2026-11-30 04:23:53.575326+00');
INSERT INTO public.django_migrations VALUES (25, 'otp_totp', '0003_add_timestamps', '2026-11-30 04:23:53.596976+00');
INSERT INTO public.django_migrations VALUES (26, 'sessions', '0001_initial', '2026-11-30 04:23:53.603145+00');
INSERT INTO public.escalations_absence VALUES (1, '2030-07-01', '2030-07-15', 1, 2);
INSERT INTO public.escalations_absencecontact VALUES (1, '', '', '', 0, 1, 1);
INSERT INTO public.escalations_escalationcontact VALUES (1, 'encargada', 'Encargada de la tienda', 'Lucía Ramos', 'person', 1);
INSERT INTO public.escalations_escalationcontact VALUES (2, 'duena', 'Dueña', '', 'person', NULL);
INSERT INTO public.escalations_escalationcontactuse VALUES (1, '', '', '100', 1, 1, 1);
INSERT INTO public.escalations_escalationcontactuse VALUES (2, '', '', '', 0, 2, 4);
INSERT INTO public.escalations_escalationlevel VALUES (1, NULL, NULL, 1, '', '', 480, 1, 1);
INSERT INTO public.escalations_escalationlevel VALUES (2, NULL, NULL, 2, '', '', 1440, 2, 1);
INSERT INTO public.escalations_escalationpolicy VALUES (1, 'Si en un día hábil nadie le ha resuelto, pida el siguiente nivel.', 'no_answer', 1);
INSERT INTO public.escalations_escalationtime VALUES (1, 2, 960, 1, 2);
SELECT pg_catalog.setval('public.auth_group_id_seq', 5, true);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 214, true);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 132, true);
SELECT pg_catalog.setval('public.auth_user_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_user_id_seq', 1, true);
SELECT pg_catalog.setval('public.auth_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_auditentry_id_seq', 19, true);
SELECT pg_catalog.setval('public.directory_channel_id_seq', 3, true);
SELECT pg_catalog.setval('public.directory_channel_request_types_id_seq', 3, true);
SELECT pg_catalog.setval('public.directory_channelcontact_id_seq', 4, true);
SELECT pg_catalog.setval('public.directory_checkpoint_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_checkrun_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_contactpoint_id_seq', 5, true);
SELECT pg_catalog.setval('public.directory_contactreport_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_dailycount_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_edition_id_seq', 2, true);
SELECT pg_catalog.setval('public.directory_exceptionspan_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_factorrecovery_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_finding_id_seq', 6, true);
SELECT pg_catalog.setval('public.directory_findingacceptance_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_findingrow_id_seq', 12, true);
SELECT pg_catalog.setval('public.directory_formerslug_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_notice_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_passkey_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_proposal_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_requesttype_id_seq', 2, true);
SELECT pg_catalog.setval('public.directory_responsetarget_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_revisedrow_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_revision_entries_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_revision_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_schedule_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_scheduleexception_id_seq', 4, true);
SELECT pg_catalog.setval('public.directory_scheduleexception_schedules_id_seq', 3, true);
SELECT pg_catalog.setval('public.directory_service_id_seq', 1, true);
SELECT pg_catalog.setval('public.directory_subscription_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_timespan_id_seq', 7, true);
SELECT pg_catalog.setval('public.directory_trycount_id_seq', 1, false);
SELECT pg_catalog.setval('public.directory_withheldtext_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_admin_log_id_seq', 1, true);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 48, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 26, true);
SELECT pg_catalog.setval('public.escalations_absence_id_seq', 1, true);
SELECT pg_catalog.setval('public.escalations_absencecontact_id_seq', 1, true);
SELECT pg_catalog.setval('public.escalations_escalationcontact_id_seq', 2, true);
SELECT pg_catalog.setval('public.escalations_escalationcontactuse_id_seq', 2, true);
SELECT pg_catalog.setval('public.escalations_escalationlevel_id_seq', 2, true);
SELECT pg_catalog.setval('public.escalations_escalationlevel_request_types_id_seq', 1, false);
SELECT pg_catalog.setval('public.escalations_escalationpolicy_id_seq', 1, true);
SELECT pg_catalog.setval('public.escalations_escalationtime_id_seq', 1, true);
SELECT pg_catalog.setval('public.otp_static_staticdevice_id_seq', 1, false);
SELECT pg_catalog.setval('public.otp_static_statictoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.otp_totp_totpdevice_id_seq', 1, false);
ALTER TABLE ONLY public.escalations_absence
    ADD CONSTRAINT absence_is_unique_from_a_day_on UNIQUE (contact_id, first_day);
ALTER TABLE ONLY public.escalations_absencecontact
    ADD CONSTRAINT absencecontact_is_unique_in_absence UNIQUE (absence_id, contact_point_id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_group_id_94350c0c_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_permission_id_14a6b632_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.directory_channel
    ADD CONSTRAINT channel_code_is_unique_in_service UNIQUE (service_id, code);
ALTER TABLE ONLY public.directory_channelcontact
    ADD CONSTRAINT channelcontact_is_unique_in_channel UNIQUE (channel_id, contact_point_id);
ALTER TABLE ONLY public.directory_contactreport
    ADD CONSTRAINT contactreport_once_in_form UNIQUE (form, contact_key);
ALTER TABLE ONLY public.directory_dailycount
    ADD CONSTRAINT dailycount_is_one_for_a_day UNIQUE (day, digest);
ALTER TABLE ONLY public.directory_auditentry
    ADD CONSTRAINT directory_auditentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_channel
    ADD CONSTRAINT directory_channel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_channel_request_types
    ADD CONSTRAINT directory_channel_reques_channel_id_requesttype_i_95e1b5e9_uniq UNIQUE (channel_id, requesttype_id);
ALTER TABLE ONLY public.directory_channel_request_types
    ADD CONSTRAINT directory_channel_request_types_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_channelcontact
    ADD CONSTRAINT directory_channelcontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_checkpoint
    ADD CONSTRAINT directory_checkpoint_number_key UNIQUE (number);
ALTER TABLE ONLY public.directory_checkpoint
    ADD CONSTRAINT directory_checkpoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_checkrun
    ADD CONSTRAINT directory_checkrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_contactpoint
    ADD CONSTRAINT directory_contactpoint_code_key UNIQUE (code);
ALTER TABLE ONLY public.directory_contactpoint
    ADD CONSTRAINT directory_contactpoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_contactreport
    ADD CONSTRAINT directory_contactreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_currentedition
    ADD CONSTRAINT directory_currentedition_edition_id_key UNIQUE (edition_id);
ALTER TABLE ONLY public.directory_currentedition
    ADD CONSTRAINT directory_currentedition_pkey PRIMARY KEY (service_id);
ALTER TABLE ONLY public.directory_dailycount
    ADD CONSTRAINT directory_dailycount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_directoryversion
    ADD CONSTRAINT directory_directoryversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_exceptionspan
    ADD CONSTRAINT directory_exceptionspan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_factorrecovery
    ADD CONSTRAINT directory_factorrecovery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_factorrecovery
    ADD CONSTRAINT directory_factorrecovery_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.directory_finding
    ADD CONSTRAINT directory_finding_fingerprint_key UNIQUE (fingerprint);
ALTER TABLE ONLY public.directory_finding
    ADD CONSTRAINT directory_finding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_findingacceptance
    ADD CONSTRAINT directory_findingacceptance_fingerprint_key UNIQUE (fingerprint);
ALTER TABLE ONLY public.directory_findingacceptance
    ADD CONSTRAINT directory_findingacceptance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_findingrow
    ADD CONSTRAINT directory_findingrow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_formerslug
    ADD CONSTRAINT directory_formerslug_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_formerslug
    ADD CONSTRAINT directory_formerslug_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.directory_notice
    ADD CONSTRAINT directory_notice_code_key UNIQUE (code);
ALTER TABLE ONLY public.directory_notice
    ADD CONSTRAINT directory_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_passkey
    ADD CONSTRAINT directory_passkey_credential_id_key UNIQUE (credential_id);
ALTER TABLE ONLY public.directory_passkey
    ADD CONSTRAINT directory_passkey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_revision_id_key UNIQUE (revision_id);
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_seal_key UNIQUE (seal);
ALTER TABLE ONLY public.directory_requesttype
    ADD CONSTRAINT directory_requesttype_code_key UNIQUE (code);
ALTER TABLE ONLY public.directory_requesttype
    ADD CONSTRAINT directory_requesttype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_responsetarget
    ADD CONSTRAINT directory_responsetarget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_revisedrow
    ADD CONSTRAINT directory_revisedrow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_revision_entries
    ADD CONSTRAINT directory_revision_entri_revision_id_logentry_id_f3cb9be2_uniq UNIQUE (revision_id, logentry_id);
ALTER TABLE ONLY public.directory_revision_entries
    ADD CONSTRAINT directory_revision_entries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_undoes_id_key UNIQUE (undoes_id);
ALTER TABLE ONLY public.directory_schedule
    ADD CONSTRAINT directory_schedule_code_key UNIQUE (code);
ALTER TABLE ONLY public.directory_schedule
    ADD CONSTRAINT directory_schedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_scheduleexception_schedules
    ADD CONSTRAINT directory_scheduleexcept_scheduleexception_id_sch_5502f633_uniq UNIQUE (scheduleexception_id, schedule_id);
ALTER TABLE ONLY public.directory_scheduleexception
    ADD CONSTRAINT directory_scheduleexception_code_key UNIQUE (code);
ALTER TABLE ONLY public.directory_scheduleexception
    ADD CONSTRAINT directory_scheduleexception_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_scheduleexception_schedules
    ADD CONSTRAINT directory_scheduleexception_schedules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.directory_session
    ADD CONSTRAINT directory_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.directory_subscription
    ADD CONSTRAINT directory_subscription_key_key UNIQUE (key);
ALTER TABLE ONLY public.directory_subscription
    ADD CONSTRAINT directory_subscription_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_timespan
    ADD CONSTRAINT directory_timespan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_trycount
    ADD CONSTRAINT directory_trycount_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.directory_trycount
    ADD CONSTRAINT directory_trycount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_withheldtext
    ADD CONSTRAINT directory_withheldtext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT edition_number_is_unique_in_service UNIQUE (service_id, number);
ALTER TABLE ONLY public.escalations_escalationcontactuse
    ADD CONSTRAINT escalationcontactuse_is_unique_in_contact UNIQUE (contact_id, contact_point_id);
ALTER TABLE ONLY public.escalations_escalationlevel
    ADD CONSTRAINT escalationlevel_is_unique_from_a_day_on UNIQUE (policy_id, contact_id, level, valid_from);
ALTER TABLE ONLY public.escalations_absence
    ADD CONSTRAINT escalations_absence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_absencecontact
    ADD CONSTRAINT escalations_absencecontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_escalationcontact
    ADD CONSTRAINT escalations_escalationcontact_code_key UNIQUE (code);
ALTER TABLE ONLY public.escalations_escalationcontact
    ADD CONSTRAINT escalations_escalationcontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_escalationcontactuse
    ADD CONSTRAINT escalations_escalationcontactuse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_escalationlevel_request_types
    ADD CONSTRAINT escalations_escalationle_escalationlevel_id_reque_6ec19b31_uniq UNIQUE (escalationlevel_id, requesttype_id);
ALTER TABLE ONLY public.escalations_escalationlevel
    ADD CONSTRAINT escalations_escalationlevel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_escalationlevel_request_types
    ADD CONSTRAINT escalations_escalationlevel_request_types_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_escalationpolicy
    ADD CONSTRAINT escalations_escalationpolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_escalationpolicy
    ADD CONSTRAINT escalations_escalationpolicy_service_id_key UNIQUE (service_id);
ALTER TABLE ONLY public.escalations_escalationtime
    ADD CONSTRAINT escalations_escalationtime_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations_escalationtime
    ADD CONSTRAINT escalationtime_is_unique_in_policy UNIQUE (policy_id, level, request_type_id);
ALTER TABLE ONLY public.otp_static_staticdevice
    ADD CONSTRAINT otp_static_staticdevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.otp_static_statictoken
    ADD CONSTRAINT otp_static_statictoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.otp_totp_totpdevice
    ADD CONSTRAINT otp_totp_totpdevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_responsetarget
    ADD CONSTRAINT responsetarget_is_unique_in_service UNIQUE (service_id, request_type_id);
ALTER TABLE ONLY public.directory_revisedrow
    ADD CONSTRAINT revisedrow_once_in_revision UNIQUE (revision_id, content_type_id, row_id);
ALTER TABLE ONLY public.directory_subscription
    ADD CONSTRAINT subscription_is_one_for_service_and_address UNIQUE (service_id, address);
ALTER TABLE ONLY public.directory_withheldtext
    ADD CONSTRAINT withheldtext_once_of_row UNIQUE (content_type_id, row_id);
CREATE INDEX auditentry_about ON public.directory_auditentry USING btree (about_kind, about_key);
CREATE INDEX auditentry_event_at ON public.directory_auditentry USING btree (event, at);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX auth_user_groups_group_id_97559544 ON public.auth_user_groups USING btree (group_id);
CREATE INDEX auth_user_groups_user_id_6a12ed8b ON public.auth_user_groups USING btree (user_id);
CREATE INDEX auth_user_user_permissions_permission_id_1fbb5f2c ON public.auth_user_user_permissions USING btree (permission_id);
CREATE INDEX auth_user_user_permissions_user_id_a95ead1b ON public.auth_user_user_permissions USING btree (user_id);
CREATE INDEX auth_user_username_6821ab7c_like ON public.auth_user USING btree (username varchar_pattern_ops);
CREATE UNIQUE INDEX contactpoint_address_is_unique ON public.directory_contactpoint USING btree (address) WHERE (NOT (address = ''::text));
CREATE INDEX contactpoint_by_head ON public.directory_contactpoint USING btree (substr(replace(replace(replace(rtrim(lower((((((((phone)::text || (short_code)::text) || (telegram)::text) || (sms)::text) || (email)::text) || (url)::text) || address)), '/'::text), 'https://'::text, ''::text), 'http://'::text, ''::text), 'www.'::text, ''::text), 1, ((strpos((replace(replace(replace(rtrim(lower((((((((phone)::text || (short_code)::text) || (telegram)::text) || (sms)::text) || (email)::text) || (url)::text) || address)), '/'::text), 'https://'::text, ''::text), 'http://'::text, ''::text), 'www.'::text, ''::text) || '@'::text), '@'::text) - 1) / 2)));
CREATE INDEX contactpoint_by_tail ON public.directory_contactpoint USING btree (substr(replace(replace(replace(rtrim(lower((((((((phone)::text || (short_code)::text) || (telegram)::text) || (sms)::text) || (email)::text) || (url)::text) || address)), '/'::text), 'https://'::text, ''::text), 'http://'::text, ''::text), 'www.'::text, ''::text), (((strpos((replace(replace(replace(rtrim(lower((((((((phone)::text || (short_code)::text) || (telegram)::text) || (sms)::text) || (email)::text) || (url)::text) || address)), '/'::text), 'https://'::text, ''::text), 'http://'::text, ''::text), 'www.'::text, ''::text) || '@'::text), '@'::text) - 1) / 2) + 2)));
CREATE INDEX contactpoint_by_whole ON public.directory_contactpoint USING btree (replace(replace(replace(rtrim(lower((((((((phone)::text || (short_code)::text) || (telegram)::text) || (sms)::text) || (email)::text) || (url)::text) || address)), '/'::text), 'https://'::text, ''::text), 'http://'::text, ''::text), 'www.'::text, ''::text));
CREATE UNIQUE INDEX contactpoint_email_is_unique ON public.directory_contactpoint USING btree (lower((email)::text)) WHERE (NOT ((email)::text = ''::text));
CREATE UNIQUE INDEX contactpoint_phone_is_unique_within_kind ON public.directory_contactpoint USING btree (kind, phone) WHERE (NOT ((phone)::text = ''::text));
CREATE UNIQUE INDEX contactpoint_short_code_is_unique ON public.directory_contactpoint USING btree (short_code) WHERE (NOT ((short_code)::text = ''::text));
CREATE UNIQUE INDEX contactpoint_sms_is_unique ON public.directory_contactpoint USING btree (sms) WHERE (NOT ((sms)::text = ''::text));
CREATE UNIQUE INDEX contactpoint_telegram_is_unique ON public.directory_contactpoint USING btree (telegram) WHERE (NOT ((telegram)::text = ''::text));
CREATE UNIQUE INDEX contactpoint_url_is_unique ON public.directory_contactpoint USING btree (url) WHERE (NOT ((url)::text = ''::text));
CREATE INDEX contactreport_of_contact ON public.directory_contactreport USING btree (contact_point_id, closed_at);
CREATE INDEX contactreport_of_day ON public.directory_contactreport USING btree (made_at, sender);
CREATE INDEX directory_auditentry_at_af5756cf ON public.directory_auditentry USING btree (at);
CREATE INDEX directory_auditentry_request_id_5ef25d6a ON public.directory_auditentry USING btree (request_id);
CREATE INDEX directory_auditentry_request_id_5ef25d6a_like ON public.directory_auditentry USING btree (request_id varchar_pattern_ops);
CREATE INDEX directory_auditentry_user_name_ef1ad9e7 ON public.directory_auditentry USING btree (user_name);
CREATE INDEX directory_auditentry_user_name_ef1ad9e7_like ON public.directory_auditentry USING btree (user_name varchar_pattern_ops);
CREATE INDEX directory_channel_code_ba90252a ON public.directory_channel USING btree (code);
CREATE INDEX directory_channel_code_ba90252a_like ON public.directory_channel USING btree (code varchar_pattern_ops);
CREATE INDEX directory_channel_request_types_channel_id_8170170e ON public.directory_channel_request_types USING btree (channel_id);
CREATE INDEX directory_channel_request_types_requesttype_id_7a2e0423 ON public.directory_channel_request_types USING btree (requesttype_id);
CREATE INDEX directory_channel_schedule_id_4ef69331 ON public.directory_channel USING btree (schedule_id);
CREATE INDEX directory_channel_service_id_7ecc45ef ON public.directory_channel USING btree (service_id);
CREATE INDEX directory_channelcontact_channel_id_bb044a4c ON public.directory_channelcontact USING btree (channel_id);
CREATE INDEX directory_channelcontact_contact_point_id_0ceb0662 ON public.directory_channelcontact USING btree (contact_point_id);
CREATE INDEX directory_contactpoint_code_3d1ca7cf_like ON public.directory_contactpoint USING btree (code varchar_pattern_ops);
CREATE INDEX directory_contactpoint_replaced_by_id_b96561ec ON public.directory_contactpoint USING btree (replaced_by_id);
CREATE INDEX directory_contactreport_closed_by_id_a3a9cd78 ON public.directory_contactreport USING btree (closed_by_id);
CREATE INDEX directory_contactreport_contact_point_id_35d64c22 ON public.directory_contactreport USING btree (contact_point_id);
CREATE INDEX directory_contactreport_service_id_e95967bd ON public.directory_contactreport USING btree (service_id);
CREATE INDEX directory_edition_digest_08703966_like ON public.directory_edition USING btree (digest varchar_pattern_ops);
CREATE INDEX directory_edition_erased_by_id_501a20bd ON public.directory_edition USING btree (erased_by_id);
CREATE INDEX directory_edition_proposed_by_id_d130afca ON public.directory_edition USING btree (proposed_by_id);
CREATE INDEX directory_edition_published_by_id_70adf4b7 ON public.directory_edition USING btree (published_by_id);
CREATE INDEX directory_edition_service_id_91382286 ON public.directory_edition USING btree (service_id);
CREATE INDEX directory_edition_withdrawn_by_id_9bc9e925 ON public.directory_edition USING btree (withdrawn_by_id);
CREATE INDEX directory_exceptionspan_exception_id_744d60cb ON public.directory_exceptionspan USING btree (exception_id);
CREATE INDEX directory_finding_fingerprint_9fee386c_like ON public.directory_finding USING btree (fingerprint varchar_pattern_ops);
CREATE INDEX directory_findingacceptance_accepted_by_id_41ef767e ON public.directory_findingacceptance USING btree (accepted_by_id);
CREATE INDEX directory_findingacceptance_fingerprint_85d2f3f3_like ON public.directory_findingacceptance USING btree (fingerprint varchar_pattern_ops);
CREATE INDEX directory_findingrow_finding_id_68e7f1b6 ON public.directory_findingrow USING btree (finding_id);
CREATE INDEX directory_formerslug_service_id_bdecc1c8 ON public.directory_formerslug USING btree (service_id);
CREATE INDEX directory_formerslug_slug_0dd9fa08_like ON public.directory_formerslug USING btree (slug varchar_pattern_ops);
CREATE INDEX directory_notice_channel_id_6a4e8d38 ON public.directory_notice USING btree (channel_id);
CREATE INDEX directory_notice_code_5d6b07d6_like ON public.directory_notice USING btree (code varchar_pattern_ops);
CREATE INDEX directory_notice_contact_point_id_21070f91 ON public.directory_notice USING btree (contact_point_id);
CREATE INDEX directory_notice_service_id_1edfca60 ON public.directory_notice USING btree (service_id);
CREATE INDEX directory_passkey_credential_id_a442f7af_like ON public.directory_passkey USING btree (credential_id varchar_pattern_ops);
CREATE INDEX directory_passkey_user_id_4120274f ON public.directory_passkey USING btree (user_id);
CREATE INDEX directory_proposal_content_type_id_925156a2 ON public.directory_proposal USING btree (content_type_id);
CREATE INDEX directory_proposal_decided_by_id_508a984d ON public.directory_proposal USING btree (decided_by_id);
CREATE INDEX directory_proposal_made_at_400fdd8f ON public.directory_proposal USING btree (made_at);
CREATE INDEX directory_proposal_made_by_id_5bfec498 ON public.directory_proposal USING btree (made_by_id);
CREATE INDEX directory_proposal_seal_34db9ca7_like ON public.directory_proposal USING btree (seal varchar_pattern_ops);
CREATE INDEX directory_proposal_undoes_id_9a26bf26 ON public.directory_proposal USING btree (undoes_id);
CREATE INDEX directory_requesttype_code_d8b72dcb_like ON public.directory_requesttype USING btree (code varchar_pattern_ops);
CREATE INDEX directory_responsetarget_request_type_id_318d055b ON public.directory_responsetarget USING btree (request_type_id);
CREATE INDEX directory_responsetarget_service_id_819e3154 ON public.directory_responsetarget USING btree (service_id);
CREATE INDEX directory_revisedrow_content_type_id_e60f5368 ON public.directory_revisedrow USING btree (content_type_id);
CREATE INDEX directory_revisedrow_revision_id_5753d492 ON public.directory_revisedrow USING btree (revision_id);
CREATE INDEX directory_revision_content_type_id_cfeee216 ON public.directory_revision USING btree (content_type_id);
CREATE INDEX directory_revision_entries_logentry_id_6f99a21f ON public.directory_revision_entries USING btree (logentry_id);
CREATE INDEX directory_revision_entries_revision_id_5e950290 ON public.directory_revision_entries USING btree (revision_id);
CREATE INDEX directory_revision_made_at_4aa4bb95 ON public.directory_revision USING btree (made_at);
CREATE INDEX directory_revision_made_by_id_058792b3 ON public.directory_revision USING btree (made_by_id);
CREATE INDEX directory_revision_proposed_by_id_271ab17f ON public.directory_revision USING btree (proposed_by_id);
CREATE INDEX directory_schedule_code_a987f884_like ON public.directory_schedule USING btree (code varchar_pattern_ops);
CREATE INDEX directory_scheduleexceptio_scheduleexception_id_7538dc65 ON public.directory_scheduleexception_schedules USING btree (scheduleexception_id);
CREATE INDEX directory_scheduleexception_code_83290db4_like ON public.directory_scheduleexception USING btree (code varchar_pattern_ops);
CREATE INDEX directory_scheduleexception_schedules_schedule_id_c0d49017 ON public.directory_scheduleexception_schedules USING btree (schedule_id);
CREATE INDEX directory_service_owner_id_65a93995 ON public.directory_service USING btree (owner_id);
CREATE INDEX directory_service_slug_c9a0247f_like ON public.directory_service USING btree (slug varchar_pattern_ops);
CREATE INDEX directory_service_successor_id_5e2315ec ON public.directory_service USING btree (successor_id);
CREATE INDEX directory_session_expire_date_cd589417 ON public.directory_session USING btree (expire_date);
CREATE INDEX directory_session_session_key_f19ea3d2_like ON public.directory_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX directory_session_user_id_fbf14bcf ON public.directory_session USING btree (user_id);
CREATE INDEX directory_subscription_service_id_3baa5d1c ON public.directory_subscription USING btree (service_id);
CREATE INDEX directory_timespan_schedule_id_0b71b797 ON public.directory_timespan USING btree (schedule_id);
CREATE INDEX directory_trycount_digest_b4afab4e_like ON public.directory_trycount USING btree (digest varchar_pattern_ops);
CREATE INDEX directory_trycount_since_3d6dafeb ON public.directory_trycount USING btree (since);
CREATE INDEX directory_trycount_user_id_d83e4e2b ON public.directory_trycount USING btree (user_id);
CREATE INDEX directory_withheldtext_content_type_id_5a6cf4e7 ON public.directory_withheldtext USING btree (content_type_id);
CREATE INDEX directory_withheldtext_withheld_by_id_0548498b ON public.directory_withheldtext USING btree (withheld_by_id);
CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);
CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX edition_by_instant ON public.directory_edition USING btree (published_at, id);
CREATE UNIQUE INDEX escalationlevel_is_unique_from_the_beginning ON public.escalations_escalationlevel USING btree (policy_id, contact_id, level) WHERE (valid_from IS NULL);
CREATE INDEX escalations_absence_contact_id_cea2b2fa ON public.escalations_absence USING btree (contact_id);
CREATE INDEX escalations_absence_stand_in_id_84fad565 ON public.escalations_absence USING btree (stand_in_id);
CREATE INDEX escalations_absencecontact_absence_id_997e0333 ON public.escalations_absencecontact USING btree (absence_id);
CREATE INDEX escalations_absencecontact_contact_point_id_7fe53958 ON public.escalations_absencecontact USING btree (contact_point_id);
CREATE INDEX escalations_escalationcontact_code_76e2f814_like ON public.escalations_escalationcontact USING btree (code varchar_pattern_ops);
CREATE INDEX escalations_escalationcontact_schedule_id_1a1406a9 ON public.escalations_escalationcontact USING btree (schedule_id);
CREATE INDEX escalations_escalationcontactuse_contact_id_0ffa2c32 ON public.escalations_escalationcontactuse USING btree (contact_id);
CREATE INDEX escalations_escalationcontactuse_contact_point_id_787c3ced ON public.escalations_escalationcontactuse USING btree (contact_point_id);
CREATE INDEX escalations_escalationleve_escalationlevel_id_29c0eaf9 ON public.escalations_escalationlevel_request_types USING btree (escalationlevel_id);
CREATE INDEX escalations_escalationleve_requesttype_id_32be985a ON public.escalations_escalationlevel_request_types USING btree (requesttype_id);
CREATE INDEX escalations_escalationlevel_contact_id_4032c77a ON public.escalations_escalationlevel USING btree (contact_id);
CREATE INDEX escalations_escalationlevel_policy_id_fbe7426e ON public.escalations_escalationlevel USING btree (policy_id);
CREATE INDEX escalations_escalationtime_policy_id_b7ec9ff6 ON public.escalations_escalationtime USING btree (policy_id);
CREATE INDEX escalations_escalationtime_request_type_id_aa19fd74 ON public.escalations_escalationtime USING btree (request_type_id);
CREATE INDEX finding_by_severity ON public.directory_finding USING btree (severity, check_order);
CREATE INDEX finding_by_subject ON public.directory_finding USING btree (subject_model, subject_pk);
CREATE INDEX finding_by_value ON public.directory_finding USING btree (code, value);
CREATE INDEX findingrow_by_row ON public.directory_findingrow USING btree (model, row_pk);
CREATE INDEX otp_static_staticdevice_user_id_7f9cff2b ON public.otp_static_staticdevice USING btree (user_id);
CREATE INDEX otp_static_statictoken_device_id_74b7c7d1 ON public.otp_static_statictoken USING btree (device_id);
CREATE INDEX otp_static_statictoken_token_d0a51866 ON public.otp_static_statictoken USING btree (token);
CREATE INDEX otp_static_statictoken_token_d0a51866_like ON public.otp_static_statictoken USING btree (token varchar_pattern_ops);
CREATE INDEX otp_totp_totpdevice_user_id_0fb18292 ON public.otp_totp_totpdevice USING btree (user_id);
CREATE INDEX proposal_waiting ON public.directory_proposal USING btree (state, made_at);
CREATE INDEX revisedrow_of_row ON public.directory_revisedrow USING btree (content_type_id, row_id);
CREATE INDEX subscription_by_address ON public.directory_subscription USING btree (address);
CREATE TRIGGER absence_overlaps_no_other AFTER INSERT OR UPDATE ON public.escalations_absence FOR EACH ROW EXECUTE FUNCTION public.absence_overlaps_no_other();
CREATE TRIGGER contactpoint_replacements_follow_each_other AFTER INSERT OR UPDATE ON public.directory_contactpoint FOR EACH ROW EXECUTE FUNCTION public.contactpoint_replacements_follow_each_other();
CREATE TRIGGER directory_auditentry_append_only BEFORE DELETE OR UPDATE ON public.directory_auditentry FOR EACH ROW EXECUTE FUNCTION public.directory_auditentry_append_only();
ALTER TABLE public.directory_auditentry ENABLE ALWAYS TRIGGER directory_auditentry_append_only;
CREATE TRIGGER directory_auditentry_append_only_truncate BEFORE TRUNCATE ON public.directory_auditentry FOR EACH STATEMENT EXECUTE FUNCTION public.directory_auditentry_append_only();
ALTER TABLE public.directory_auditentry ENABLE ALWAYS TRIGGER directory_auditentry_append_only_truncate;
CREATE TRIGGER directory_checkpoint_append_only BEFORE DELETE OR UPDATE ON public.directory_checkpoint FOR EACH ROW EXECUTE FUNCTION public.directory_checkpoint_append_only();
ALTER TABLE public.directory_checkpoint ENABLE ALWAYS TRIGGER directory_checkpoint_append_only;
CREATE TRIGGER directory_checkpoint_append_only_truncate BEFORE TRUNCATE ON public.directory_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.directory_checkpoint_append_only();
ALTER TABLE public.directory_checkpoint ENABLE ALWAYS TRIGGER directory_checkpoint_append_only_truncate;
CREATE TRIGGER directory_currentedition_append_only BEFORE DELETE OR UPDATE ON public.directory_currentedition FOR EACH ROW EXECUTE FUNCTION public.directory_currentedition_append_only();
ALTER TABLE public.directory_currentedition ENABLE ALWAYS TRIGGER directory_currentedition_append_only;
CREATE TRIGGER directory_currentedition_append_only_truncate BEFORE TRUNCATE ON public.directory_currentedition FOR EACH STATEMENT EXECUTE FUNCTION public.directory_currentedition_append_only();
ALTER TABLE public.directory_currentedition ENABLE ALWAYS TRIGGER directory_currentedition_append_only_truncate;
CREATE TRIGGER directory_edition_append_only BEFORE DELETE OR UPDATE ON public.directory_edition FOR EACH ROW EXECUTE FUNCTION public.directory_edition_append_only();
ALTER TABLE public.directory_edition ENABLE ALWAYS TRIGGER directory_edition_append_only;
CREATE TRIGGER directory_edition_append_only_truncate BEFORE TRUNCATE ON public.directory_edition FOR EACH STATEMENT EXECUTE FUNCTION public.directory_edition_append_only();
ALTER TABLE public.directory_edition ENABLE ALWAYS TRIGGER directory_edition_append_only_truncate;
CREATE TRIGGER escalationlevel_follows_the_one_before AFTER INSERT OR UPDATE ON public.escalations_escalationlevel FOR EACH ROW EXECUTE FUNCTION public.escalationlevel_follows_the_one_before();
CREATE TRIGGER escalationlevel_has_a_contact_once AFTER INSERT OR UPDATE ON public.escalations_escalationlevel FOR EACH ROW EXECUTE FUNCTION public.escalationlevel_has_a_contact_once();
CREATE TRIGGER escalationlevel_has_one_time AFTER INSERT OR UPDATE ON public.escalations_escalationlevel FOR EACH ROW EXECUTE FUNCTION public.escalationlevel_has_one_time();
CREATE TRIGGER escalationlevel_has_one_title AFTER INSERT OR UPDATE ON public.escalations_escalationlevel FOR EACH ROW EXECUTE FUNCTION public.escalationlevel_has_one_title();
CREATE TRIGGER exceptionspan_overlaps_no_other AFTER INSERT OR UPDATE ON public.directory_exceptionspan FOR EACH ROW EXECUTE FUNCTION public.exceptionspan_overlaps_no_other();
CREATE TRIGGER scheduleexception_every_year_is_no_longer_than_a_year AFTER INSERT OR UPDATE ON public.directory_scheduleexception FOR EACH ROW EXECUTE FUNCTION public.scheduleexception_every_year_is_no_longer_than_a_year();
CREATE TRIGGER timespan_every_year_is_no_longer_than_a_year AFTER INSERT OR UPDATE ON public.directory_timespan FOR EACH ROW EXECUTE FUNCTION public.timespan_every_year_is_no_longer_than_a_year();
CREATE TRIGGER timespan_overlaps_no_other AFTER INSERT OR UPDATE ON public.directory_timespan FOR EACH ROW EXECUTE FUNCTION public.timespan_overlaps_no_other();
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_group_id_97559544_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_6a12ed8b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_channel_request_types
    ADD CONSTRAINT directory_channel_re_channel_id_8170170e_fk_directory FOREIGN KEY (channel_id) REFERENCES public.directory_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_channel_request_types
    ADD CONSTRAINT directory_channel_re_requesttype_id_7a2e0423_fk_directory FOREIGN KEY (requesttype_id) REFERENCES public.directory_requesttype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_channel
    ADD CONSTRAINT directory_channel_schedule_id_4ef69331_fk_directory_schedule_id FOREIGN KEY (schedule_id) REFERENCES public.directory_schedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_channel
    ADD CONSTRAINT directory_channel_service_id_7ecc45ef_fk_directory_service_id FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_channelcontact
    ADD CONSTRAINT directory_channelcon_channel_id_bb044a4c_fk_directory FOREIGN KEY (channel_id) REFERENCES public.directory_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_channelcontact
    ADD CONSTRAINT directory_channelcon_contact_point_id_0ceb0662_fk_directory FOREIGN KEY (contact_point_id) REFERENCES public.directory_contactpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_contactpoint
    ADD CONSTRAINT directory_contactpoi_replaced_by_id_b96561ec_fk_directory FOREIGN KEY (replaced_by_id) REFERENCES public.directory_contactpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_contactreport
    ADD CONSTRAINT directory_contactrep_contact_point_id_35d64c22_fk_directory FOREIGN KEY (contact_point_id) REFERENCES public.directory_contactpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_contactreport
    ADD CONSTRAINT directory_contactrep_service_id_e95967bd_fk_directory FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_contactreport
    ADD CONSTRAINT directory_contactreport_closed_by_id_a3a9cd78_fk_auth_user_id FOREIGN KEY (closed_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_currentedition
    ADD CONSTRAINT directory_currentedi_edition_id_406a84d5_fk_directory FOREIGN KEY (edition_id) REFERENCES public.directory_edition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_currentedition
    ADD CONSTRAINT directory_currentedi_service_id_b38cce55_fk_directory FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_erased_by_id_501a20bd_fk_auth_user_id FOREIGN KEY (erased_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_proposed_by_id_d130afca_fk_auth_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_published_by_id_70adf4b7_fk_auth_user_id FOREIGN KEY (published_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_service_id_91382286_fk_directory_service_id FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_withdrawn_by_id_9bc9e925_fk_auth_user_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_exceptionspan
    ADD CONSTRAINT directory_exceptions_exception_id_744d60cb_fk_directory FOREIGN KEY (exception_id) REFERENCES public.directory_scheduleexception(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_factorrecovery
    ADD CONSTRAINT directory_factorrecovery_user_id_9cbd6904_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_findingacceptance
    ADD CONSTRAINT directory_findingacc_accepted_by_id_41ef767e_fk_auth_user FOREIGN KEY (accepted_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_findingrow
    ADD CONSTRAINT directory_findingrow_finding_id_68e7f1b6_fk_directory FOREIGN KEY (finding_id) REFERENCES public.directory_finding(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_formerslug
    ADD CONSTRAINT directory_formerslug_service_id_bdecc1c8_fk_directory FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_notice
    ADD CONSTRAINT directory_notice_channel_id_6a4e8d38_fk_directory_channel_id FOREIGN KEY (channel_id) REFERENCES public.directory_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_notice
    ADD CONSTRAINT directory_notice_contact_point_id_21070f91_fk_directory FOREIGN KEY (contact_point_id) REFERENCES public.directory_contactpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_notice
    ADD CONSTRAINT directory_notice_service_id_1edfca60_fk_directory_service_id FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_passkey
    ADD CONSTRAINT directory_passkey_user_id_4120274f_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_content_type_id_925156a2_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_decided_by_id_508a984d_fk_auth_user_id FOREIGN KEY (decided_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_made_by_id_5bfec498_fk_auth_user_id FOREIGN KEY (made_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_revision_id_0be0626f_fk_directory FOREIGN KEY (revision_id) REFERENCES public.directory_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_proposal
    ADD CONSTRAINT directory_proposal_undoes_id_9a26bf26_fk_directory_revision_id FOREIGN KEY (undoes_id) REFERENCES public.directory_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_responsetarget
    ADD CONSTRAINT directory_responseta_request_type_id_318d055b_fk_directory FOREIGN KEY (request_type_id) REFERENCES public.directory_requesttype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_responsetarget
    ADD CONSTRAINT directory_responseta_service_id_819e3154_fk_directory FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revisedrow
    ADD CONSTRAINT directory_revisedrow_content_type_id_e60f5368_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revisedrow
    ADD CONSTRAINT directory_revisedrow_revision_id_5753d492_fk_directory FOREIGN KEY (revision_id) REFERENCES public.directory_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_content_type_id_cfeee216_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revision_entries
    ADD CONSTRAINT directory_revision_e_logentry_id_6f99a21f_fk_django_ad FOREIGN KEY (logentry_id) REFERENCES public.django_admin_log(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revision_entries
    ADD CONSTRAINT directory_revision_e_revision_id_5e950290_fk_directory FOREIGN KEY (revision_id) REFERENCES public.directory_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_made_by_id_058792b3_fk_auth_user_id FOREIGN KEY (made_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_proposed_by_id_271ab17f_fk_auth_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_undoes_id_a76d534c_fk_directory_revision_id FOREIGN KEY (undoes_id) REFERENCES public.directory_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_scheduleexception_schedules
    ADD CONSTRAINT directory_scheduleex_schedule_id_c0d49017_fk_directory FOREIGN KEY (schedule_id) REFERENCES public.directory_schedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_scheduleexception_schedules
    ADD CONSTRAINT directory_scheduleex_scheduleexception_id_7538dc65_fk_directory FOREIGN KEY (scheduleexception_id) REFERENCES public.directory_scheduleexception(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_owner_id_65a93995_fk_auth_user_id FOREIGN KEY (owner_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_successor_id_5e2315ec_fk_directory_service_id FOREIGN KEY (successor_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_session
    ADD CONSTRAINT directory_session_user_id_fbf14bcf_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_subscription
    ADD CONSTRAINT directory_subscripti_service_id_3baa5d1c_fk_directory FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_timespan
    ADD CONSTRAINT directory_timespan_schedule_id_0b71b797_fk_directory FOREIGN KEY (schedule_id) REFERENCES public.directory_schedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_trycount
    ADD CONSTRAINT directory_trycount_user_id_d83e4e2b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_withheldtext
    ADD CONSTRAINT directory_withheldte_content_type_id_5a6cf4e7_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_withheldtext
    ADD CONSTRAINT directory_withheldtext_withheld_by_id_0548498b_fk_auth_user_id FOREIGN KEY (withheld_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_absence
    ADD CONSTRAINT escalations_absence_contact_id_cea2b2fa_fk_escalatio FOREIGN KEY (contact_id) REFERENCES public.escalations_escalationcontact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_absence
    ADD CONSTRAINT escalations_absence_stand_in_id_84fad565_fk_escalatio FOREIGN KEY (stand_in_id) REFERENCES public.escalations_escalationcontact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_absencecontact
    ADD CONSTRAINT escalations_absencec_absence_id_997e0333_fk_escalatio FOREIGN KEY (absence_id) REFERENCES public.escalations_absence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_absencecontact
    ADD CONSTRAINT escalations_absencec_contact_point_id_7fe53958_fk_directory FOREIGN KEY (contact_point_id) REFERENCES public.directory_contactpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationcontactuse
    ADD CONSTRAINT escalations_escalati_contact_id_0ffa2c32_fk_escalatio FOREIGN KEY (contact_id) REFERENCES public.escalations_escalationcontact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationlevel
    ADD CONSTRAINT escalations_escalati_contact_id_4032c77a_fk_escalatio FOREIGN KEY (contact_id) REFERENCES public.escalations_escalationcontact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationcontactuse
    ADD CONSTRAINT escalations_escalati_contact_point_id_787c3ced_fk_directory FOREIGN KEY (contact_point_id) REFERENCES public.directory_contactpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationlevel_request_types
    ADD CONSTRAINT escalations_escalati_escalationlevel_id_29c0eaf9_fk_escalatio FOREIGN KEY (escalationlevel_id) REFERENCES public.escalations_escalationlevel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationtime
    ADD CONSTRAINT escalations_escalati_policy_id_b7ec9ff6_fk_escalatio FOREIGN KEY (policy_id) REFERENCES public.escalations_escalationpolicy(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationlevel
    ADD CONSTRAINT escalations_escalati_policy_id_fbe7426e_fk_escalatio FOREIGN KEY (policy_id) REFERENCES public.escalations_escalationpolicy(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationtime
    ADD CONSTRAINT escalations_escalati_request_type_id_aa19fd74_fk_directory FOREIGN KEY (request_type_id) REFERENCES public.directory_requesttype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationlevel_request_types
    ADD CONSTRAINT escalations_escalati_requesttype_id_32be985a_fk_directory FOREIGN KEY (requesttype_id) REFERENCES public.directory_requesttype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationcontact
    ADD CONSTRAINT escalations_escalati_schedule_id_1a1406a9_fk_directory FOREIGN KEY (schedule_id) REFERENCES public.directory_schedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations_escalationpolicy
    ADD CONSTRAINT escalations_escalati_service_id_f4047814_fk_directory FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.otp_static_staticdevice
    ADD CONSTRAINT otp_static_staticdevice_user_id_7f9cff2b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.otp_static_statictoken
    ADD CONSTRAINT otp_static_statictok_device_id_74b7c7d1_fk_otp_stati FOREIGN KEY (device_id) REFERENCES public.otp_static_staticdevice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.otp_totp_totpdevice
    ADD CONSTRAINT otp_totp_totpdevice_user_id_0fb18292_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
