BEGIN TRANSACTION;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
INSERT INTO "auth_group" VALUES(1,'Editores');
INSERT INTO "auth_group" VALUES(2,'Publicadores');
INSERT INTO "auth_group" VALUES(3,'Lectores');
INSERT INTO "auth_group" VALUES(4,'Auditores');
INSERT INTO "auth_group" VALUES(5,'Mostrador');
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "auth_group_permissions" VALUES(1,1,38);
INSERT INTO "auth_group_permissions" VALUES(2,1,40);
INSERT INTO "auth_group_permissions" VALUES(3,1,43);
INSERT INTO "auth_group_permissions" VALUES(4,1,45);
INSERT INTO "auth_group_permissions" VALUES(5,1,50);
INSERT INTO "auth_group_permissions" VALUES(6,1,51);
INSERT INTO "auth_group_permissions" VALUES(7,1,52);
INSERT INTO "auth_group_permissions" VALUES(8,1,53);
INSERT INTO "auth_group_permissions" VALUES(9,1,54);
INSERT INTO "auth_group_permissions" VALUES(10,1,57);
INSERT INTO "auth_group_permissions" VALUES(11,1,58);
INSERT INTO "auth_group_permissions" VALUES(12,1,59);
INSERT INTO "auth_group_permissions" VALUES(13,1,60);
INSERT INTO "auth_group_permissions" VALUES(14,1,62);
INSERT INTO "auth_group_permissions" VALUES(15,1,63);
INSERT INTO "auth_group_permissions" VALUES(16,1,64);
INSERT INTO "auth_group_permissions" VALUES(17,1,65);
INSERT INTO "auth_group_permissions" VALUES(18,1,66);
INSERT INTO "auth_group_permissions" VALUES(19,1,67);
INSERT INTO "auth_group_permissions" VALUES(20,1,71);
INSERT INTO "auth_group_permissions" VALUES(21,1,75);
INSERT INTO "auth_group_permissions" VALUES(22,1,77);
INSERT INTO "auth_group_permissions" VALUES(23,1,78);
INSERT INTO "auth_group_permissions" VALUES(24,1,79);
INSERT INTO "auth_group_permissions" VALUES(25,1,80);
INSERT INTO "auth_group_permissions" VALUES(26,1,81);
INSERT INTO "auth_group_permissions" VALUES(27,1,82);
INSERT INTO "auth_group_permissions" VALUES(28,1,83);
INSERT INTO "auth_group_permissions" VALUES(29,1,84);
INSERT INTO "auth_group_permissions" VALUES(30,1,85);
INSERT INTO "auth_group_permissions" VALUES(31,1,86);
INSERT INTO "auth_group_permissions" VALUES(32,1,87);
INSERT INTO "auth_group_permissions" VALUES(33,1,88);
INSERT INTO "auth_group_permissions" VALUES(34,1,90);
INSERT INTO "auth_group_permissions" VALUES(35,1,91);
INSERT INTO "auth_group_permissions" VALUES(36,1,92);
INSERT INTO "auth_group_permissions" VALUES(37,1,93);
INSERT INTO "auth_group_permissions" VALUES(38,1,94);
INSERT INTO "auth_group_permissions" VALUES(39,1,95);
INSERT INTO "auth_group_permissions" VALUES(40,1,96);
INSERT INTO "auth_group_permissions" VALUES(41,1,97);
INSERT INTO "auth_group_permissions" VALUES(42,1,98);
INSERT INTO "auth_group_permissions" VALUES(43,1,99);
INSERT INTO "auth_group_permissions" VALUES(44,1,100);
INSERT INTO "auth_group_permissions" VALUES(45,1,101);
INSERT INTO "auth_group_permissions" VALUES(46,1,102);
INSERT INTO "auth_group_permissions" VALUES(47,1,103);
INSERT INTO "auth_group_permissions" VALUES(48,1,104);
INSERT INTO "auth_group_permissions" VALUES(49,1,105);
INSERT INTO "auth_group_permissions" VALUES(50,1,106);
INSERT INTO "auth_group_permissions" VALUES(51,1,107);
INSERT INTO "auth_group_permissions" VALUES(52,1,109);
INSERT INTO "auth_group_permissions" VALUES(53,1,110);
INSERT INTO "auth_group_permissions" VALUES(54,1,111);
INSERT INTO "auth_group_permissions" VALUES(55,1,112);
INSERT INTO "auth_group_permissions" VALUES(56,1,113);
INSERT INTO "auth_group_permissions" VALUES(57,1,114);
INSERT INTO "auth_group_permissions" VALUES(58,1,115);
INSERT INTO "auth_group_permissions" VALUES(59,1,116);
INSERT INTO "auth_group_permissions" VALUES(60,1,118);
INSERT INTO "auth_group_permissions" VALUES(61,1,120);
INSERT INTO "auth_group_permissions" VALUES(62,1,122);
INSERT INTO "auth_group_permissions" VALUES(63,1,124);
INSERT INTO "auth_group_permissions" VALUES(64,1,125);
INSERT INTO "auth_group_permissions" VALUES(65,1,126);
INSERT INTO "auth_group_permissions" VALUES(66,1,127);
INSERT INTO "auth_group_permissions" VALUES(67,1,128);
INSERT INTO "auth_group_permissions" VALUES(68,1,129);
INSERT INTO "auth_group_permissions" VALUES(69,1,130);
INSERT INTO "auth_group_permissions" VALUES(70,1,131);
INSERT INTO "auth_group_permissions" VALUES(71,1,132);
INSERT INTO "auth_group_permissions" VALUES(72,2,37);
INSERT INTO "auth_group_permissions" VALUES(73,2,38);
INSERT INTO "auth_group_permissions" VALUES(74,2,39);
INSERT INTO "auth_group_permissions" VALUES(75,2,40);
INSERT INTO "auth_group_permissions" VALUES(76,2,41);
INSERT INTO "auth_group_permissions" VALUES(77,2,42);
INSERT INTO "auth_group_permissions" VALUES(78,2,43);
INSERT INTO "auth_group_permissions" VALUES(79,2,44);
INSERT INTO "auth_group_permissions" VALUES(80,2,45);
INSERT INTO "auth_group_permissions" VALUES(81,2,46);
INSERT INTO "auth_group_permissions" VALUES(82,2,47);
INSERT INTO "auth_group_permissions" VALUES(83,2,48);
INSERT INTO "auth_group_permissions" VALUES(84,2,49);
INSERT INTO "auth_group_permissions" VALUES(85,2,50);
INSERT INTO "auth_group_permissions" VALUES(86,2,51);
INSERT INTO "auth_group_permissions" VALUES(87,2,52);
INSERT INTO "auth_group_permissions" VALUES(88,2,53);
INSERT INTO "auth_group_permissions" VALUES(89,2,54);
INSERT INTO "auth_group_permissions" VALUES(90,2,55);
INSERT INTO "auth_group_permissions" VALUES(91,2,57);
INSERT INTO "auth_group_permissions" VALUES(92,2,58);
INSERT INTO "auth_group_permissions" VALUES(93,2,59);
INSERT INTO "auth_group_permissions" VALUES(94,2,60);
INSERT INTO "auth_group_permissions" VALUES(95,2,61);
INSERT INTO "auth_group_permissions" VALUES(96,2,62);
INSERT INTO "auth_group_permissions" VALUES(97,2,63);
INSERT INTO "auth_group_permissions" VALUES(98,2,64);
INSERT INTO "auth_group_permissions" VALUES(99,2,65);
INSERT INTO "auth_group_permissions" VALUES(100,2,66);
INSERT INTO "auth_group_permissions" VALUES(101,2,67);
INSERT INTO "auth_group_permissions" VALUES(102,2,71);
INSERT INTO "auth_group_permissions" VALUES(103,2,75);
INSERT INTO "auth_group_permissions" VALUES(104,2,77);
INSERT INTO "auth_group_permissions" VALUES(105,2,78);
INSERT INTO "auth_group_permissions" VALUES(106,2,79);
INSERT INTO "auth_group_permissions" VALUES(107,2,80);
INSERT INTO "auth_group_permissions" VALUES(108,2,81);
INSERT INTO "auth_group_permissions" VALUES(109,2,82);
INSERT INTO "auth_group_permissions" VALUES(110,2,83);
INSERT INTO "auth_group_permissions" VALUES(111,2,84);
INSERT INTO "auth_group_permissions" VALUES(112,2,85);
INSERT INTO "auth_group_permissions" VALUES(113,2,86);
INSERT INTO "auth_group_permissions" VALUES(114,2,87);
INSERT INTO "auth_group_permissions" VALUES(115,2,88);
INSERT INTO "auth_group_permissions" VALUES(116,2,89);
INSERT INTO "auth_group_permissions" VALUES(117,2,90);
INSERT INTO "auth_group_permissions" VALUES(118,2,91);
INSERT INTO "auth_group_permissions" VALUES(119,2,92);
INSERT INTO "auth_group_permissions" VALUES(120,2,93);
INSERT INTO "auth_group_permissions" VALUES(121,2,94);
INSERT INTO "auth_group_permissions" VALUES(122,2,95);
INSERT INTO "auth_group_permissions" VALUES(123,2,96);
INSERT INTO "auth_group_permissions" VALUES(124,2,97);
INSERT INTO "auth_group_permissions" VALUES(125,2,98);
INSERT INTO "auth_group_permissions" VALUES(126,2,99);
INSERT INTO "auth_group_permissions" VALUES(127,2,100);
INSERT INTO "auth_group_permissions" VALUES(128,2,101);
INSERT INTO "auth_group_permissions" VALUES(129,2,102);
INSERT INTO "auth_group_permissions" VALUES(130,2,103);
INSERT INTO "auth_group_permissions" VALUES(131,2,104);
INSERT INTO "auth_group_permissions" VALUES(132,2,105);
INSERT INTO "auth_group_permissions" VALUES(133,2,106);
INSERT INTO "auth_group_permissions" VALUES(134,2,107);
INSERT INTO "auth_group_permissions" VALUES(135,2,108);
INSERT INTO "auth_group_permissions" VALUES(136,2,109);
INSERT INTO "auth_group_permissions" VALUES(137,2,110);
INSERT INTO "auth_group_permissions" VALUES(138,2,111);
INSERT INTO "auth_group_permissions" VALUES(139,2,112);
INSERT INTO "auth_group_permissions" VALUES(140,2,113);
INSERT INTO "auth_group_permissions" VALUES(141,2,114);
INSERT INTO "auth_group_permissions" VALUES(142,2,115);
INSERT INTO "auth_group_permissions" VALUES(143,2,116);
INSERT INTO "auth_group_permissions" VALUES(144,2,117);
INSERT INTO "auth_group_permissions" VALUES(145,2,118);
INSERT INTO "auth_group_permissions" VALUES(146,2,119);
INSERT INTO "auth_group_permissions" VALUES(147,2,120);
INSERT INTO "auth_group_permissions" VALUES(148,2,121);
INSERT INTO "auth_group_permissions" VALUES(149,2,122);
INSERT INTO "auth_group_permissions" VALUES(150,2,123);
INSERT INTO "auth_group_permissions" VALUES(151,2,124);
INSERT INTO "auth_group_permissions" VALUES(152,2,125);
INSERT INTO "auth_group_permissions" VALUES(153,2,126);
INSERT INTO "auth_group_permissions" VALUES(154,2,127);
INSERT INTO "auth_group_permissions" VALUES(155,2,128);
INSERT INTO "auth_group_permissions" VALUES(156,2,129);
INSERT INTO "auth_group_permissions" VALUES(157,2,130);
INSERT INTO "auth_group_permissions" VALUES(158,2,131);
INSERT INTO "auth_group_permissions" VALUES(159,2,132);
INSERT INTO "auth_group_permissions" VALUES(160,3,40);
INSERT INTO "auth_group_permissions" VALUES(161,3,45);
INSERT INTO "auth_group_permissions" VALUES(162,3,50);
INSERT INTO "auth_group_permissions" VALUES(163,3,54);
INSERT INTO "auth_group_permissions" VALUES(164,3,60);
INSERT INTO "auth_group_permissions" VALUES(165,3,65);
INSERT INTO "auth_group_permissions" VALUES(166,3,71);
INSERT INTO "auth_group_permissions" VALUES(167,3,78);
INSERT INTO "auth_group_permissions" VALUES(168,3,82);
INSERT INTO "auth_group_permissions" VALUES(169,3,86);
INSERT INTO "auth_group_permissions" VALUES(170,3,87);
INSERT INTO "auth_group_permissions" VALUES(171,3,88);
INSERT INTO "auth_group_permissions" VALUES(172,3,93);
INSERT INTO "auth_group_permissions" VALUES(173,3,97);
INSERT INTO "auth_group_permissions" VALUES(174,3,98);
INSERT INTO "auth_group_permissions" VALUES(175,3,103);
INSERT INTO "auth_group_permissions" VALUES(176,3,107);
INSERT INTO "auth_group_permissions" VALUES(177,3,112);
INSERT INTO "auth_group_permissions" VALUES(178,3,116);
INSERT INTO "auth_group_permissions" VALUES(179,3,120);
INSERT INTO "auth_group_permissions" VALUES(180,3,124);
INSERT INTO "auth_group_permissions" VALUES(181,3,128);
INSERT INTO "auth_group_permissions" VALUES(182,3,132);
INSERT INTO "auth_group_permissions" VALUES(183,4,40);
INSERT INTO "auth_group_permissions" VALUES(184,4,45);
INSERT INTO "auth_group_permissions" VALUES(185,4,50);
INSERT INTO "auth_group_permissions" VALUES(186,4,54);
INSERT INTO "auth_group_permissions" VALUES(187,4,56);
INSERT INTO "auth_group_permissions" VALUES(188,4,60);
INSERT INTO "auth_group_permissions" VALUES(189,4,65);
INSERT INTO "auth_group_permissions" VALUES(190,4,66);
INSERT INTO "auth_group_permissions" VALUES(191,4,71);
INSERT INTO "auth_group_permissions" VALUES(192,4,72);
INSERT INTO "auth_group_permissions" VALUES(193,4,73);
INSERT INTO "auth_group_permissions" VALUES(194,4,74);
INSERT INTO "auth_group_permissions" VALUES(195,4,78);
INSERT INTO "auth_group_permissions" VALUES(196,4,82);
INSERT INTO "auth_group_permissions" VALUES(197,4,86);
INSERT INTO "auth_group_permissions" VALUES(198,4,87);
INSERT INTO "auth_group_permissions" VALUES(199,4,88);
INSERT INTO "auth_group_permissions" VALUES(200,4,93);
INSERT INTO "auth_group_permissions" VALUES(201,4,97);
INSERT INTO "auth_group_permissions" VALUES(202,4,98);
INSERT INTO "auth_group_permissions" VALUES(203,4,103);
INSERT INTO "auth_group_permissions" VALUES(204,4,107);
INSERT INTO "auth_group_permissions" VALUES(205,4,112);
INSERT INTO "auth_group_permissions" VALUES(206,4,116);
INSERT INTO "auth_group_permissions" VALUES(207,4,120);
INSERT INTO "auth_group_permissions" VALUES(208,4,124);
INSERT INTO "auth_group_permissions" VALUES(209,4,128);
INSERT INTO "auth_group_permissions" VALUES(210,4,132);
INSERT INTO "auth_group_permissions" VALUES(211,5,40);
INSERT INTO "auth_group_permissions" VALUES(212,5,45);
INSERT INTO "auth_group_permissions" VALUES(213,5,58);
INSERT INTO "auth_group_permissions" VALUES(214,5,60);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_logentry','Can add log entry');
INSERT INTO "auth_permission" VALUES(2,1,'change_logentry','Can change log entry');
INSERT INTO "auth_permission" VALUES(3,1,'delete_logentry','Can delete log entry');
INSERT INTO "auth_permission" VALUES(4,1,'view_logentry','Can view log entry');
INSERT INTO "auth_permission" VALUES(5,2,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(6,2,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(7,2,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(8,2,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(9,3,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(10,3,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(11,3,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(12,3,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(13,4,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(14,4,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(15,4,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(16,4,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(17,5,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(18,5,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(19,5,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(20,5,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(21,6,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(22,6,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(23,6,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(24,6,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(25,7,'add_staticdevice','Can add static device');
INSERT INTO "auth_permission" VALUES(26,7,'change_staticdevice','Can change static device');
INSERT INTO "auth_permission" VALUES(27,7,'delete_staticdevice','Can delete static device');
INSERT INTO "auth_permission" VALUES(28,7,'view_staticdevice','Can view static device');
INSERT INTO "auth_permission" VALUES(29,8,'add_statictoken','Can add static token');
INSERT INTO "auth_permission" VALUES(30,8,'change_statictoken','Can change static token');
INSERT INTO "auth_permission" VALUES(31,8,'delete_statictoken','Can delete static token');
INSERT INTO "auth_permission" VALUES(32,8,'view_statictoken','Can view static token');
INSERT INTO "auth_permission" VALUES(33,9,'add_totpdevice','Can add TOTP device');
INSERT INTO "auth_permission" VALUES(34,9,'change_totpdevice','Can change TOTP device');
INSERT INTO "auth_permission" VALUES(35,9,'delete_totpdevice','Can delete TOTP device');
INSERT INTO "auth_permission" VALUES(36,9,'view_totpdevice','Can view TOTP device');
INSERT INTO "auth_permission" VALUES(37,10,'add_channel','Can add channel');
INSERT INTO "auth_permission" VALUES(38,10,'change_channel','Can change channel');
INSERT INTO "auth_permission" VALUES(39,10,'delete_channel','Can delete channel');
INSERT INTO "auth_permission" VALUES(40,10,'view_channel','Can view channel');
INSERT INTO "auth_permission" VALUES(41,10,'bulk_change_channel','Can import channels');
INSERT INTO "auth_permission" VALUES(42,11,'add_service','Can add service');
INSERT INTO "auth_permission" VALUES(43,11,'change_service','Can change service');
INSERT INTO "auth_permission" VALUES(44,11,'delete_service','Can delete service');
INSERT INTO "auth_permission" VALUES(45,11,'view_service','Can view service');
INSERT INTO "auth_permission" VALUES(46,11,'bulk_change_service','Can copy services');
INSERT INTO "auth_permission" VALUES(47,12,'add_requesttype','Can add request type');
INSERT INTO "auth_permission" VALUES(48,12,'change_requesttype','Can change request type');
INSERT INTO "auth_permission" VALUES(49,12,'delete_requesttype','Can delete request type');
INSERT INTO "auth_permission" VALUES(50,12,'view_requesttype','Can view request type');
INSERT INTO "auth_permission" VALUES(51,13,'add_schedule','Can add schedule');
INSERT INTO "auth_permission" VALUES(52,13,'change_schedule','Can change schedule');
INSERT INTO "auth_permission" VALUES(53,13,'delete_schedule','Can delete schedule');
INSERT INTO "auth_permission" VALUES(54,13,'view_schedule','Can view schedule');
INSERT INTO "auth_permission" VALUES(55,13,'bulk_change_schedule','Can import schedules and change many on public holidays');
INSERT INTO "auth_permission" VALUES(56,14,'view_auditentry','Can view entry of the audit log');
INSERT INTO "auth_permission" VALUES(57,17,'add_contactpoint','Can add contact point');
INSERT INTO "auth_permission" VALUES(58,17,'change_contactpoint','Can change contact point');
INSERT INTO "auth_permission" VALUES(59,17,'delete_contactpoint','Can delete contact point');
INSERT INTO "auth_permission" VALUES(60,17,'view_contactpoint','Can view contact point');
INSERT INTO "auth_permission" VALUES(61,17,'bulk_change_contactpoint','Can import, replace and verify many contact points');
INSERT INTO "auth_permission" VALUES(62,18,'add_channelcontact','Can add contact of a channel');
INSERT INTO "auth_permission" VALUES(63,18,'change_channelcontact','Can change contact of a channel');
INSERT INTO "auth_permission" VALUES(64,18,'delete_channelcontact','Can delete contact of a channel');
INSERT INTO "auth_permission" VALUES(65,18,'view_channelcontact','Can view contact of a channel');
INSERT INTO "auth_permission" VALUES(66,20,'view_contactreport','Can view report of a customer');
INSERT INTO "auth_permission" VALUES(67,20,'change_contactreport','Can change report of a customer');
INSERT INTO "auth_permission" VALUES(68,23,'add_edition','Can add edition');
INSERT INTO "auth_permission" VALUES(69,23,'change_edition','Can change edition');
INSERT INTO "auth_permission" VALUES(70,23,'delete_edition','Can delete edition');
INSERT INTO "auth_permission" VALUES(71,23,'view_edition','Can view edition');
INSERT INTO "auth_permission" VALUES(72,23,'withdraw_edition','Can withdraw editions');
INSERT INTO "auth_permission" VALUES(73,23,'view_withdrawn_edition','Can read what withdrawn editions said');
INSERT INTO "auth_permission" VALUES(74,23,'erase_edition','Can erase withdrawn editions for ever');
INSERT INTO "auth_permission" VALUES(75,26,'add_findingacceptance','Can add finding');
INSERT INTO "auth_permission" VALUES(76,26,'change_findingacceptance','Can change finding');
INSERT INTO "auth_permission" VALUES(77,26,'delete_findingacceptance','Can delete finding');
INSERT INTO "auth_permission" VALUES(78,26,'view_findingacceptance','Can view finding');
INSERT INTO "auth_permission" VALUES(79,29,'add_notice','Can add notice');
INSERT INTO "auth_permission" VALUES(80,29,'change_notice','Can change notice');
INSERT INTO "auth_permission" VALUES(81,29,'delete_notice','Can delete notice');
INSERT INTO "auth_permission" VALUES(82,29,'view_notice','Can view notice');
INSERT INTO "auth_permission" VALUES(83,31,'add_responsetarget','Can add response target');
INSERT INTO "auth_permission" VALUES(84,31,'change_responsetarget','Can change response target');
INSERT INTO "auth_permission" VALUES(85,31,'delete_responsetarget','Can delete response target');
INSERT INTO "auth_permission" VALUES(86,31,'view_responsetarget','Can view response target');
INSERT INTO "auth_permission" VALUES(87,32,'view_revision','Can view change');
INSERT INTO "auth_permission" VALUES(88,34,'view_proposal','Can view proposal');
INSERT INTO "auth_permission" VALUES(89,34,'publish_proposal','Can publish and refuse what others propose');
INSERT INTO "auth_permission" VALUES(90,35,'add_scheduleexception','Can add exception');
INSERT INTO "auth_permission" VALUES(91,35,'change_scheduleexception','Can change exception');
INSERT INTO "auth_permission" VALUES(92,35,'delete_scheduleexception','Can delete exception');
INSERT INTO "auth_permission" VALUES(93,35,'view_scheduleexception','Can view exception');
INSERT INTO "auth_permission" VALUES(94,36,'add_exceptionspan','Can add hours of an exception');
INSERT INTO "auth_permission" VALUES(95,36,'change_exceptionspan','Can change hours of an exception');
INSERT INTO "auth_permission" VALUES(96,36,'delete_exceptionspan','Can delete hours of an exception');
INSERT INTO "auth_permission" VALUES(97,36,'view_exceptionspan','Can view hours of an exception');
INSERT INTO "auth_permission" VALUES(98,38,'view_subscription','Can view subscription');
INSERT INTO "auth_permission" VALUES(99,38,'delete_subscription','Can delete subscription');
INSERT INTO "auth_permission" VALUES(100,39,'add_timespan','Can add time span');
INSERT INTO "auth_permission" VALUES(101,39,'change_timespan','Can change time span');
INSERT INTO "auth_permission" VALUES(102,39,'delete_timespan','Can delete time span');
INSERT INTO "auth_permission" VALUES(103,39,'view_timespan','Can view time span');
INSERT INTO "auth_permission" VALUES(104,42,'add_escalationcontact','Can add escalation contact');
INSERT INTO "auth_permission" VALUES(105,42,'change_escalationcontact','Can change escalation contact');
INSERT INTO "auth_permission" VALUES(106,42,'delete_escalationcontact','Can delete escalation contact');
INSERT INTO "auth_permission" VALUES(107,42,'view_escalationcontact','Can view escalation contact');
INSERT INTO "auth_permission" VALUES(108,42,'bulk_change_escalationcontact','Can import escalation contacts');
INSERT INTO "auth_permission" VALUES(109,43,'add_absence','Can add absence');
INSERT INTO "auth_permission" VALUES(110,43,'change_absence','Can change absence');
INSERT INTO "auth_permission" VALUES(111,43,'delete_absence','Can delete absence');
INSERT INTO "auth_permission" VALUES(112,43,'view_absence','Can view absence');
INSERT INTO "auth_permission" VALUES(113,44,'add_escalationcontactuse','Can add contact of an escalation contact');
INSERT INTO "auth_permission" VALUES(114,44,'change_escalationcontactuse','Can change contact of an escalation contact');
INSERT INTO "auth_permission" VALUES(115,44,'delete_escalationcontactuse','Can delete contact of an escalation contact');
INSERT INTO "auth_permission" VALUES(116,44,'view_escalationcontactuse','Can view contact of an escalation contact');
INSERT INTO "auth_permission" VALUES(117,45,'add_escalationpolicy','Can add escalation policy');
INSERT INTO "auth_permission" VALUES(118,45,'change_escalationpolicy','Can change escalation policy');
INSERT INTO "auth_permission" VALUES(119,45,'delete_escalationpolicy','Can delete escalation policy');
INSERT INTO "auth_permission" VALUES(120,45,'view_escalationpolicy','Can view escalation policy');
INSERT INTO "auth_permission" VALUES(121,46,'add_escalationlevel','Can add escalation level');
INSERT INTO "auth_permission" VALUES(122,46,'change_escalationlevel','Can change escalation level');
INSERT INTO "auth_permission" VALUES(123,46,'delete_escalationlevel','Can delete escalation level');
INSERT INTO "auth_permission" VALUES(124,46,'view_escalationlevel','Can view escalation level');
INSERT INTO "auth_permission" VALUES(125,47,'add_escalationtime','Can add time to escalate');
INSERT INTO "auth_permission" VALUES(126,47,'change_escalationtime','Can change time to escalate');
INSERT INTO "auth_permission" VALUES(127,47,'delete_escalationtime','Can delete time to escalate');
INSERT INTO "auth_permission" VALUES(128,47,'view_escalationtime','Can view time to escalate');
INSERT INTO "auth_permission" VALUES(129,48,'add_absencecontact','Can add contact during an absence');
INSERT INTO "auth_permission" VALUES(130,48,'change_absencecontact','Can change contact during an absence');
INSERT INTO "auth_permission" VALUES(131,48,'delete_absencecontact','Can delete contact during an absence');
INSERT INTO "auth_permission" VALUES(132,48,'view_absencecontact','Can view contact during an absence');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES(1,'argon2$argon2id$v=19$m=47104,t=2,p=1$SUYwR1VUSXdOTU5WV29kVUZYTWFJVQ$LCTHLwsFwJuKcbrq3kaBE29iHFj501YJwl493CY1pgQ','2026-11-30 04:23:46.899294',1,'ana','','ana@example.com',1,1,'2026-11-30 04:23:46.816371','');
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "directory_auditentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "event" varchar(40) NOT NULL, "user_key" bigint NULL, "user_name" varchar(150) NOT NULL, "address" varchar(45) NOT NULL, "request_id" varchar(64) NOT NULL, "about_kind" varchar(100) NOT NULL, "about_key" varchar(64) NOT NULL, "about_name" varchar(200) NOT NULL, "details" text NOT NULL CHECK ((JSON_VALID("details") OR "details" IS NULL)), CONSTRAINT "auditentry_event_is_known" CHECK ("event" IN ('signed_in', 'sign_in_failed', 'locked_out', 'signed_out', 'session_ended', 'password_link_sent', 'password_set', 'factor_added', 'factor_removed', 'factor_reset', 'factor_failed', 'factor_confirmed', 'recovery_codes_made', 'recovery_code_used', 'recovery_asked', 'recovered', 'person_invited', 'invitation_withdrawn', 'person_added', 'person_changed', 'person_deactivated', 'person_activated', 'person_unlocked', 'person_deleted', 'rights_granted', 'rights_taken', 'role_added', 'role_changed', 'role_deleted', 'published', 'proposal_made', 'proposal_published', 'proposal_refused', 'proposal_taken_back', 'proposal_altered', 'edition_withdrawn', 'edition_shown_again', 'edition_erased', 'changed', 'change_undone', 'change_restored', 'entries_withdrawn', 'entries_shown_again', 'entries_erased', 'publishers_not_told', 'imported', 'exported', 'withdrawn_contents_read', 'searched_everywhere', 'checkpoint_signed', 'alteration_found')));
INSERT INTO "directory_auditentry" VALUES(1,'2026-11-30 04:23:45.692713','published',NULL,'','','','directory.edition','1','Papelería Luna, edición 1','{"command": "loaddata", "machine_user": "root", "editions": 1, "first": ["papeleria-luna 1"]}');
INSERT INTO "directory_auditentry" VALUES(2,'2026-11-30 04:23:45.694248','role_added',NULL,'','','','auth.group','1','Editores','{"command": "loaddata", "machine_user": "root"}');
INSERT INTO "directory_auditentry" VALUES(3,'2026-11-30 04:23:45.694955','rights_granted',NULL,'','','','auth.group','1','Editores','{"command": "loaddata", "machine_user": "root", "permissions": ["directory.add_channelcontact", "directory.add_contactpoint", "directory.add_exceptionspan", "directory.add_findingacceptance", "directory.add_notice", "directory.add_responsetarget", "directory.add_schedule", "directory.add_scheduleexception", "directory.add_timespan", "directory.change_channel", "directory.change_channelcontact", "directory.change_contactpoint", "directory.change_contactreport", "directory.change_exceptionspan", "directory.change_notice", "directory.change_responsetarget", "directory.change_schedule", "directory.change_scheduleexception", "directory.change_service", "directory.change_timespan", "directory.delete_channelcontact", "directory.delete_contactpoint", "directory.delete_exceptionspan", "directory.delete_findingacceptance", "directory.delete_notice", "directory.delete_responsetarget", "directory.delete_schedule", "directory.delete_scheduleexception", "directory.delete_subscription", "directory.delete_timespan", "directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_contactreport", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "escalations.add_absence", "escalations.add_absencecontact", "escalations.add_escalationcontact", "escalations.add_escalationcontactuse", "escalations.add_escalationtime", "escalations.change_absence", "escalations.change_absencecontact", "escalations.change_escalationcontact", "escalations.change_escalationcontactuse", "escalations.change_escalationlevel", "escalations.change_escalationpolicy", "escalations.change_escalationtime", "escalations.delete_absence", "escalations.delete_absencecontact", "escalations.delete_escalationcontact", "escalations.delete_escalationcontactuse", "escalations.delete_escalationtime", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"]}');
INSERT INTO "directory_auditentry" VALUES(4,'2026-11-30 04:23:45.695299','role_added',NULL,'','','','auth.group','2','Publicadores','{"command": "loaddata", "machine_user": "root"}');
INSERT INTO "directory_auditentry" VALUES(5,'2026-11-30 04:23:45.695871','rights_granted',NULL,'','','','auth.group','2','Publicadores','{"command": "loaddata", "machine_user": "root", "permissions": ["directory.add_channel", "directory.add_channelcontact", "directory.add_contactpoint", "directory.add_exceptionspan", "directory.add_findingacceptance", "directory.add_notice", "directory.add_requesttype", "directory.add_responsetarget", "directory.add_schedule", "directory.add_scheduleexception", "directory.add_service", "directory.add_timespan", "directory.bulk_change_channel", "directory.bulk_change_contactpoint", "directory.bulk_change_schedule", "directory.bulk_change_service", "directory.change_channel", "directory.change_channelcontact", "directory.change_contactpoint", "directory.change_contactreport", "directory.change_exceptionspan", "directory.change_notice", "directory.change_requesttype", "directory.change_responsetarget", "directory.change_schedule", "directory.change_scheduleexception", "directory.change_service", "directory.change_timespan", "directory.delete_channel", "directory.delete_channelcontact", "directory.delete_contactpoint", "directory.delete_exceptionspan", "directory.delete_findingacceptance", "directory.delete_notice", "directory.delete_requesttype", "directory.delete_responsetarget", "directory.delete_schedule", "directory.delete_scheduleexception", "directory.delete_service", "directory.delete_subscription", "directory.delete_timespan", "directory.publish_proposal", "directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_contactreport", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "escalations.add_absence", "escalations.add_absencecontact", "escalations.add_escalationcontact", "escalations.add_escalationcontactuse", "escalations.add_escalationlevel", "escalations.add_escalationpolicy", "escalations.add_escalationtime", "escalations.bulk_change_escalationcontact", "escalations.change_absence", "escalations.change_absencecontact", "escalations.change_escalationcontact", "escalations.change_escalationcontactuse", "escalations.change_escalationlevel", "escalations.change_escalationpolicy", "escalations.change_escalationtime", "escalations.delete_absence", "escalations.delete_absencecontact", "escalations.delete_escalationcontact", "escalations.delete_escalationcontactuse", "escalations.delete_escalationlevel", "escalations.delete_escalationpolicy", "escalations.delete_escalationtime", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"]}');
INSERT INTO "directory_auditentry" VALUES(6,'2026-11-30 04:23:45.696212','role_added',NULL,'','','','auth.group','3','Lectores','{"command": "loaddata", "machine_user": "root"}');
INSERT INTO "directory_auditentry" VALUES(7,'2026-11-30 04:23:45.696760','rights_granted',NULL,'','','','auth.group','3','Lectores','{"command": "loaddata", "machine_user": "root", "permissions": ["directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"]}');
INSERT INTO "directory_auditentry" VALUES(8,'2026-11-30 04:23:45.696996','role_added',NULL,'','','','auth.group','4','Auditores','{"command": "loaddata", "machine_user": "root"}');
INSERT INTO "directory_auditentry" VALUES(9,'2026-11-30 04:23:45.697449','rights_granted',NULL,'','','','auth.group','4','Auditores','{"command": "loaddata", "machine_user": "root", "permissions": ["directory.erase_edition", "directory.view_auditentry", "directory.view_channel", "directory.view_channelcontact", "directory.view_contactpoint", "directory.view_contactreport", "directory.view_edition", "directory.view_exceptionspan", "directory.view_findingacceptance", "directory.view_notice", "directory.view_proposal", "directory.view_requesttype", "directory.view_responsetarget", "directory.view_revision", "directory.view_schedule", "directory.view_scheduleexception", "directory.view_service", "directory.view_subscription", "directory.view_timespan", "directory.view_withdrawn_edition", "directory.withdraw_edition", "escalations.view_absence", "escalations.view_absencecontact", "escalations.view_escalationcontact", "escalations.view_escalationcontactuse", "escalations.view_escalationlevel", "escalations.view_escalationpolicy", "escalations.view_escalationtime"]}');
INSERT INTO "directory_auditentry" VALUES(10,'2026-11-30 04:23:45.697665','role_added',NULL,'','','','auth.group','5','Mostrador','{"command": "loaddata", "machine_user": "root"}');
INSERT INTO "directory_auditentry" VALUES(11,'2026-11-30 04:23:45.698070','rights_granted',NULL,'','','','auth.group','5','Mostrador','{"command": "loaddata", "machine_user": "root", "permissions": ["directory.change_contactpoint", "directory.view_channel", "directory.view_contactpoint", "directory.view_service"]}');
INSERT INTO "directory_auditentry" VALUES(12,'2026-11-30 04:23:45.698281','imported',NULL,'','','','','','','{"command": "loaddata", "machine_user": "root", "files": ["roles.json", "example_shop.json"], "objects": 46}');
INSERT INTO "directory_auditentry" VALUES(13,'2026-11-30 04:23:46.892791','person_added',NULL,'','','','auth.user','1','ana','{"command": "shell", "machine_user": "root", "email": "ana@example.com"}');
INSERT INTO "directory_auditentry" VALUES(14,'2026-11-30 04:23:46.894285','rights_granted',NULL,'','','','auth.user','1','ana','{"command": "shell", "machine_user": "root", "is_staff": true}');
INSERT INTO "directory_auditentry" VALUES(15,'2026-11-30 04:23:46.894789','rights_granted',NULL,'','','','auth.user','1','ana','{"command": "shell", "machine_user": "root", "is_superuser": true}');
INSERT INTO "directory_auditentry" VALUES(16,'2026-11-30 04:23:46.899552','signed_in',1,'ana','','','auth.user','1','ana','{}');
INSERT INTO "directory_auditentry" VALUES(17,'2026-11-30 04:23:47.172907','published',1,'ana','127.0.0.1','BAJ7-MAGS-Z7K7','directory.edition','2','Papelería Luna, edición 2','{"editions": 1, "first": ["papeleria-luna 2"]}');
INSERT INTO "directory_auditentry" VALUES(18,'2026-11-30 04:23:47.179034','changed',1,'ana','127.0.0.1','BAJ7-MAGS-Z7K7','directory.revision','1','se modificó: medio de contacto 1','{"action": "changed", "others": 0}');
INSERT INTO "directory_auditentry" VALUES(19,'2026-11-30 04:23:47.250489','edition_withdrawn',1,'ana','','','directory.edition','1','Papelería Luna, edición 1','{"command": "shell", "machine_user": "root", "reason": "Prueba"}');
CREATE TABLE "directory_channel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "code" varchar(50) NOT NULL, "medium" varchar(20) NOT NULL, "title" varchar(120) NOT NULL, "description" text NOT NULL, "for_abroad" bool NOT NULL, "languages" varchar(120) NOT NULL, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "service_id" bigint NOT NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, "schedule_id" bigint NULL REFERENCES "directory_schedule" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "channel_validity_is_in_order" CHECK (("valid_from" IS NULL OR "valid_until" IS NULL OR "valid_until" >= ("valid_from"))), CONSTRAINT "channel_code_is_unique_in_service" UNIQUE ("service_id", "code"), CONSTRAINT "channel_languages_are_codes" CHECK ("languages" REGEXP '^([a-z]{2,3}(, [a-z]{2,3})*)?$'));
INSERT INTO "directory_channel" VALUES(1,NULL,NULL,'telefonico','telephone','Teléfono','Tenga a la mano el número de su pedido.',0,'',1,1,1);
INSERT INTO "directory_channel" VALUES(2,NULL,NULL,'whatsapp','whatsapp','WhatsApp','',0,'',2,1,1);
INSERT INTO "directory_channel" VALUES(3,NULL,NULL,'quejas','email','Quejas por escrito','',0,'',3,1,1);
CREATE TABLE "directory_channel_request_types" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "channel_id" bigint NOT NULL REFERENCES "directory_channel" ("id") DEFERRABLE INITIALLY DEFERRED, "requesttype_id" bigint NOT NULL REFERENCES "directory_requesttype" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "directory_channel_request_types" VALUES(1,1,1);
INSERT INTO "directory_channel_request_types" VALUES(2,2,1);
INSERT INTO "directory_channel_request_types" VALUES(3,3,2);
CREATE TABLE "directory_channelcontact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(120) NOT NULL, "menu_options" varchar(120) NOT NULL, "extensions" varchar(120) NOT NULL, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "channel_id" bigint NOT NULL REFERENCES "directory_channel" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_point_id" bigint NOT NULL REFERENCES "directory_contactpoint" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "channelcontact_is_unique_in_channel" UNIQUE ("channel_id", "contact_point_id"));
INSERT INTO "directory_channelcontact" VALUES(1,'Pedidos','Opción 1','101, 102',1,1,1);
INSERT INTO "directory_channelcontact" VALUES(2,'','','',0,2,3);
INSERT INTO "directory_channelcontact" VALUES(3,'','','',1,3,4);
INSERT INTO "directory_channelcontact" VALUES(4,'','','',2,3,5);
CREATE TABLE "directory_checkpoint" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL UNIQUE CHECK ("number" >= 0), "note" text NOT NULL, CONSTRAINT "checkpoint_number_begins_at_one" CHECK ("number" >= 1), CONSTRAINT "checkpoint_has_a_note" CHECK (NOT ("note" = '')));
CREATE TABLE "directory_checkrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "checked_at" datetime NOT NULL, "last_change" bigint NOT NULL, "last_edition" bigint NOT NULL, "is_complete" bool NOT NULL, CONSTRAINT "checkrun_is_one" CHECK ("id" = 1));
INSERT INTO "directory_checkrun" VALUES(1,'2026-11-30 04:23:45.700445',1,2,1);
CREATE TABLE "directory_contactpoint" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "kind" varchar(10) NOT NULL, "label" varchar(120) NOT NULL, "phone" varchar(16) NOT NULL, "short_code" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "url" varchar(500) NOT NULL, "telegram" varchar(100) NOT NULL, "sms" varchar(30) NOT NULL, "address" text NOT NULL, "map_url" varchar(500) NOT NULL, "verified_on" date NULL, "replaced_on" date NULL, "reminded_on" text NOT NULL CHECK ((JSON_VALID("reminded_on") OR "reminded_on" IS NULL)), "replaced_by_id" bigint NULL REFERENCES "directory_contactpoint" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "contactpoint_has_only_the_value_of_its_kind" CHECK ((("address" = '' AND "email" = '' AND "kind" IN ('phone', 'whatsapp', 'fax') AND "short_code" = '' AND "sms" = '' AND "telegram" = '' AND "url" = '' AND "phone" LIKE '+%' ESCAPE '\' AND NOT ("phone" = '')) OR ("address" = '' AND "email" = '' AND "kind" IN ('short_code') AND "phone" = '' AND "sms" = '' AND "telegram" = '' AND "url" = '' AND NOT ("short_code" = '')) OR ("address" = '' AND "email" = '' AND "kind" IN ('telegram') AND "phone" = '' AND "short_code" = '' AND "sms" = '' AND "url" = '' AND NOT ("telegram" = '')) OR ("address" = '' AND "email" = '' AND "kind" IN ('sms') AND "phone" = '' AND "short_code" = '' AND "telegram" = '' AND "url" = '' AND NOT ("sms" = '')) OR ("address" = '' AND "kind" IN ('email') AND "phone" = '' AND "short_code" = '' AND "sms" = '' AND "telegram" = '' AND "url" = '' AND NOT ("email" = '')) OR ("address" = '' AND "email" = '' AND "kind" IN ('web') AND "phone" = '' AND "short_code" = '' AND "sms" = '' AND "telegram" = '' AND NOT ("url" = '')) OR ("email" = '' AND "kind" IN ('address') AND "phone" = '' AND "short_code" = '' AND "sms" = '' AND "telegram" = '' AND "url" = '' AND NOT ("address" = '')))), CONSTRAINT "contactpoint_map_is_of_a_place" CHECK (("map_url" = '' OR "kind" IN ('address'))), CONSTRAINT "contactpoint_short_code_has_only_digits_and_signs" CHECK (("short_code" = '' OR "short_code" REGEXP '^[0-9*#]{2,20}$')), CONSTRAINT "contactpoint_sms_has_only_digits" CHECK ("sms" REGEXP '^([+]?[0-9]{2,15})?$'), CONSTRAINT "contactpoint_telegram_is_a_name" CHECK ("telegram" REGEXP '^([a-z][a-z0-9_]{3,31})?$'), CONSTRAINT "contactpoint_address_is_not_too_long" CHECK (LENGTH("address") <= 300), CONSTRAINT "contactpoint_email_is_plain" CHECK ("email" REGEXP '^([^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01ef@]+@[^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01efA-Z@]+)?$'), CONSTRAINT "contactpoint_url_is_http" CHECK (("url" = '' OR "url" LIKE 'http://%' ESCAPE '\' OR "url" LIKE 'https://%' ESCAPE '\')), CONSTRAINT "contactpoint_url_is_plain" CHECK ("url" REGEXP '^(https?://[^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01efA-Z/?#@]+([/?#][^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01ef]*)?)?$'), CONSTRAINT "contactpoint_map_url_is_http" CHECK (("map_url" = '' OR "map_url" LIKE 'http://%' ESCAPE '\' OR "map_url" LIKE 'https://%' ESCAPE '\')), CONSTRAINT "contactpoint_map_url_is_plain" CHECK ("map_url" REGEXP '^(https?://[^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01efA-Z/?#@]+([/?#][^\s\\\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01ef]*)?)?$'), CONSTRAINT "contactpoint_replacement_has_a_date" CHECK ((("replaced_by_id" IS NULL AND "replaced_on" IS NULL) OR ("replaced_by_id" IS NOT NULL AND "replaced_on" IS NOT NULL))), CONSTRAINT "contactpoint_does_not_replace_itself" CHECK (("replaced_by_id" IS NULL OR NOT ("replaced_by_id" = ("id") AND "replaced_by_id" IS NOT NULL))));
INSERT INTO "directory_contactpoint" VALUES(1,'linea-tienda','phone','Ventas','+523336145500','','','','','','','',NULL,'2030-02-01','{}',2);
INSERT INTO "directory_contactpoint" VALUES(2,'linea-nueva','phone','Línea de la papelería','+523336145600','','','','','','','',NULL,NULL,'{}',NULL);
INSERT INTO "directory_contactpoint" VALUES(3,'whatsapp-tienda','whatsapp','Pedidos por WhatsApp','+523336145700','','','','','','','',NULL,NULL,'{}',NULL);
INSERT INTO "directory_contactpoint" VALUES(4,'correo-tienda','email','Correo de la papelería','','','hola@papelerialuna.example.com','','','','','',NULL,NULL,'{}',NULL);
INSERT INTO "directory_contactpoint" VALUES(5,'pedidos-en-linea','web','Pedidos en línea','','','','https://papelerialuna.example.com/pedidos','','','','',NULL,NULL,'{}',NULL);
CREATE TABLE "directory_contactreport" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(300) NOT NULL, "contact_key" varchar(150) NOT NULL, "problem" varchar(20) NOT NULL, "text" varchar(500) NOT NULL, "email" varchar(254) NOT NULL, "made_at" datetime NOT NULL, "form" varchar(32) NOT NULL, "sender" varchar(64) NOT NULL, "told_on" date NULL, "closed_at" datetime NULL, "closing_word" varchar(300) NOT NULL, "closed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_point_id" bigint NULL REFERENCES "directory_contactpoint" ("id") DEFERRABLE INITIALLY DEFERRED, "service_id" bigint NOT NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "contactreport_problem_is_known" CHECK ("problem" IN ('no_answer', 'not_in_service', 'somebody_else', 'mail_returned', 'other')), CONSTRAINT "contactreport_once_in_form" UNIQUE ("form", "contact_key"), CONSTRAINT "contactreport_is_closed_by_somebody_with_a_word" CHECK ((("closed_at" IS NULL AND "closed_by_id" IS NULL AND "closing_word" = '') OR ("closed_at" IS NOT NULL AND "closed_by_id" IS NOT NULL AND NOT ("closing_word" = '')))), CONSTRAINT "contactreport_has_no_address_once_closed" CHECK (("closed_at" IS NULL OR "email" = '')));
CREATE TABLE "directory_currentedition" ("service_id" bigint NOT NULL PRIMARY KEY REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "digest" varchar(64) NOT NULL, "seal" varchar(64) NOT NULL, "edition_id" bigint NOT NULL UNIQUE REFERENCES "directory_edition" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "directory_currentedition" VALUES(1,2,'b37b74a3411e5ff3fdbdb3b3f5a1f74f7927781f1f8e511f37968e0a228a7f8a','9iuyRfcy5o9qvKiVn1HJBByvcXhyssbs9QyLq8TFKNs',2);
CREATE TABLE "directory_dailycount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "digest" varchar(64) NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), CONSTRAINT "dailycount_is_one_for_a_day" UNIQUE ("day", "digest"), CONSTRAINT "dailycount_begins_at_one" CHECK ("count" >= 1));
CREATE TABLE "directory_directoryversion" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "mark" varchar(32) NOT NULL, CONSTRAINT "directoryversion_is_one_row" CHECK ("id" = 1));
INSERT INTO "directory_directoryversion" VALUES(1,'5bc3365cae20fb7222cb3aeff54ee14f');
CREATE TABLE "directory_edition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "document" text NOT NULL, "document_digest" varchar(64) NOT NULL, "search_text" text NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "identity" varchar(320) NOT NULL, "published_at" datetime NOT NULL, "nonce" varchar(64) NOT NULL, "seal" varchar(64) NOT NULL, "withdrawn_at" datetime NULL, "withdrawn_reason" varchar(300) NOT NULL, "withdrawal_seal" varchar(64) NOT NULL, "erased_at" datetime NULL, "erasure_seal" varchar(64) NOT NULL, "erased_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "published_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "service_id" bigint NOT NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawn_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "edition_number_is_unique_in_service" UNIQUE ("service_id", "number"), CONSTRAINT "edition_number_begins_at_one" CHECK ("number" >= 1), CONSTRAINT "edition_is_sealed" CHECK (NOT ("seal" = '')), CONSTRAINT "edition_is_whole_withdrawn_or_erased" CHECK ((("withdrawal_seal" = '' AND "withdrawn_at" IS NULL AND "withdrawn_by_id" IS NULL AND "withdrawn_reason" = '' AND "erased_at" IS NULL AND "erased_by_id" IS NULL AND "erasure_seal" = '' AND NOT ("document" = '') AND NOT ("nonce" = '')) OR ("withdrawn_at" IS NOT NULL AND "withdrawn_by_id" IS NOT NULL AND NOT ("withdrawn_reason" = '') AND NOT ("withdrawal_seal" = '') AND "erased_at" IS NULL AND "erased_by_id" IS NULL AND "erasure_seal" = '' AND NOT ("document" = '') AND NOT ("nonce" = '')) OR ("withdrawn_at" IS NOT NULL AND "withdrawn_by_id" IS NOT NULL AND NOT ("withdrawn_reason" = '') AND NOT ("withdrawal_seal" = '') AND "document" = '' AND "erased_at" IS NOT NULL AND "erased_by_id" IS NOT NULL AND "nonce" = '' AND "search_text" = '' AND NOT ("erasure_seal" = '')))), CONSTRAINT "edition_withdrawn_is_found_by_nothing" CHECK (("withdrawn_at" IS NULL OR "search_text" = '')), CONSTRAINT "edition_is_erased_by_a_second_person" CHECK (("erased_by_id" IS NULL OR (NOT ("erased_by_id" = ("withdrawn_by_id") AND "erased_by_id" IS NOT NULL AND "withdrawn_by_id" IS NOT NULL) AND ("published_by_id" IS NULL OR NOT ("erased_by_id" = ("published_by_id") AND "erased_by_id" IS NOT NULL AND "published_by_id" IS NOT NULL)) AND ("proposed_by_id" IS NULL OR NOT ("erased_by_id" = ("proposed_by_id") AND "erased_by_id" IS NOT NULL AND "proposed_by_id" IS NOT NULL))))), CONSTRAINT "edition_is_erased_after_it_was_withdrawn" CHECK (("erased_at" IS NULL OR "erased_at" >= ("withdrawn_at"))));
INSERT INTO "directory_edition" VALUES(1,1,'{"slug":"papeleria-luna","name":"Papelería Luna","introduction":"Pedidos, facturas y devoluciones de la tienda de Guadalajara.","notices":[{"code":"whatsapp-mantenimiento","text":"Por mantenimiento no respondemos por WhatsApp. Llámenos.","severity":"out_of_order","since":"2030-03-05T02:00:00Z","until":"2030-03-05T12:00:00Z","channel":"whatsapp"}],"targets":[{"request_type":{"code":"queja","name":"Quejas"},"respond_minutes":1440,"solve_minutes":7200,"in_open_hours":true}],"channels":[{"code":"telefonico","medium":"telephone","title":"Teléfono","description":"Tenga a la mano el número de su pedido.","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Pedidos","value":"+523336145500","menu_options":"Opción 1","extensions":["101","102"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Pedidos","value":"+523336145600"}]}]},{"code":"whatsapp","medium":"whatsapp","title":"WhatsApp","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"whatsapp-tienda","kind":"whatsapp","label":"Pedidos por WhatsApp","value":"+523336145700"}]},{"code":"quejas","medium":"email","title":"Quejas por escrito","request_types":[{"code":"queja","name":"Quejas"}],"schedule":"mostrador","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"},{"code":"pedidos-en-linea","kind":"web","label":"Pedidos en línea","value":"https://papelerialuna.example.com/pedidos"}]}],"escalation":{"instructions":"Si en un día hábil nadie le ha resuelto, pida el siguiente nivel.","levels":[{"level":1,"contact":"encargada","name":"Encargada de la tienda","person":"Lucía Ramos","public":"person","escalate_after_minutes":480,"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Línea de la papelería","value":"+523336145500","extensions":["100"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]},{"level":2,"escalate_after":[{"request_type":{"code":"queja","name":"Quejas"},"minutes":960}],"contact":"duena","name":"Dueña","public":"person","escalate_after_minutes":1440,"contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}],"times_count":"no_answer","absences":[{"contact":"encargada","first_day":"2030-07-01","last_day":"2030-07-15","stand_in":"duena","contacts":[{"code":"linea-tienda","kind":"phone","label":"Línea de la papelería","value":"+523336145500","replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]}],"stand_ins":{"duena":{"name":"Dueña","public":"person","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}}},"schedules":{"mostrador":{"code":"mostrador","name":"Mostrador de la papelería","timezone":"America/Mexico_City","country":"MX","subdivision":"","always_open":false,"holidays":"own_hours","spans":[{"opens":"09:00:00","closes":"19:00:00","day":1,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":2,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":3,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":4,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":5,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":6,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":8,"valid_from":null,"valid_until":null,"every_year":false}],"exceptions":[{"first_day":"2026-01-01","last_day":null,"reason":"Conteo de inventario","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"17:00:00","also_on_days_off":false,"every_year":false,"monthly":"last_working_day","for_all":false},{"first_day":"2030-01-02","last_day":"2030-01-03","reason":"Inventario anual","effect":"closed","spans":[],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":false,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2030-08-24","last_day":"2030-08-25","reason":"Regreso a clases","effect":"other_hours","spans":[{"opens":"09:00:00","closes":"20:00:00"}],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":true,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2026-12-24","last_day":"2026-12-24","reason":"Nochebuena","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"14:00:00","also_on_days_off":false,"every_year":true,"monthly":null,"for_all":true}]}},"renamed_from":"papeleria"}','6e9153e81cfa574776586ac9ac0b2d26b10c138aba7b5f4629b667a5f14149fb','','4fbb771e7fe565654d83949ea7f2cb3235d3012dd552898ba31673529dc99346','tag:localhost,2026-11-30:4fbb771e7fe565654d83949ea7f2cb32','2026-11-30 04:23:45.605788','ae11c585fcd07d8346b53fe0b2a8ed906d844bbfdb030c6eb399ec5f67f38584','mml8rD5VfDjhZeHsFmtL90gkvmVCXtfL7jvYcVQZ48c','2026-11-30 04:23:47.247459','Prueba','odsrDMVmtOcu8f-X8g1yD_vL6hATOz4EHuoT5Dwpjb8',NULL,'',NULL,NULL,NULL,1,1);
INSERT INTO "directory_edition" VALUES(2,2,'{"slug":"papeleria-luna","name":"Papelería Luna","introduction":"Pedidos, facturas y devoluciones de la tienda de Guadalajara.","notices":[{"code":"whatsapp-mantenimiento","text":"Por mantenimiento no respondemos por WhatsApp. Llámenos.","severity":"out_of_order","since":"2030-03-05T02:00:00Z","until":"2030-03-05T12:00:00Z","channel":"whatsapp"}],"targets":[{"request_type":{"code":"queja","name":"Quejas"},"respond_minutes":1440,"solve_minutes":7200,"in_open_hours":true}],"channels":[{"code":"telefonico","medium":"telephone","title":"Teléfono","description":"Tenga a la mano el número de su pedido.","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Pedidos","value":"+523336145500","menu_options":"Opción 1","extensions":["101","102"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Pedidos","value":"+523336145600"}]}]},{"code":"whatsapp","medium":"whatsapp","title":"WhatsApp","request_types":[{"code":"todas","name":"Todas","covers_all":true}],"schedule":"mostrador","contacts":[{"code":"whatsapp-tienda","kind":"whatsapp","label":"Pedidos por WhatsApp","value":"+523336145700"}]},{"code":"quejas","medium":"email","title":"Quejas por escrito","request_types":[{"code":"queja","name":"Quejas"}],"schedule":"mostrador","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"},{"code":"pedidos-en-linea","kind":"web","label":"Pedidos en línea","value":"https://papelerialuna.example.com/pedidos"}]}],"escalation":{"instructions":"Si en un día hábil nadie le ha resuelto, pida el siguiente nivel.","levels":[{"level":1,"contact":"encargada","name":"Encargada de la tienda","person":"Lucía Ramos","public":"person","escalate_after_minutes":480,"schedule":"mostrador","contacts":[{"code":"linea-tienda","kind":"phone","label":"Ventas","value":"+523336145500","extensions":["100"],"replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]},{"level":2,"escalate_after":[{"request_type":{"code":"queja","name":"Quejas"},"minutes":960}],"contact":"duena","name":"Dueña","public":"person","escalate_after_minutes":1440,"contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}],"times_count":"no_answer","absences":[{"contact":"encargada","first_day":"2030-07-01","last_day":"2030-07-15","stand_in":"duena","contacts":[{"code":"linea-tienda","kind":"phone","label":"Ventas","value":"+523336145500","replacements":[{"on":"2030-02-01","code":"linea-nueva","kind":"phone","label":"Línea de la papelería","value":"+523336145600"}]}]}],"stand_ins":{"duena":{"name":"Dueña","public":"person","contacts":[{"code":"correo-tienda","kind":"email","label":"Correo de la papelería","value":"hola@papelerialuna.example.com"}]}}},"schedules":{"mostrador":{"code":"mostrador","name":"Mostrador de la papelería","timezone":"America/Mexico_City","country":"MX","subdivision":"","always_open":false,"holidays":"own_hours","spans":[{"opens":"09:00:00","closes":"19:00:00","day":1,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":2,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":3,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":4,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"09:00:00","closes":"19:00:00","day":5,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":6,"valid_from":null,"valid_until":null,"every_year":false},{"opens":"10:00:00","closes":"14:00:00","day":8,"valid_from":null,"valid_until":null,"every_year":false}],"exceptions":[{"first_day":"2026-01-01","last_day":null,"reason":"Conteo de inventario","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"17:00:00","also_on_days_off":false,"every_year":false,"monthly":"last_working_day","for_all":false},{"first_day":"2030-01-02","last_day":"2030-01-03","reason":"Inventario anual","effect":"closed","spans":[],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":false,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2030-08-24","last_day":"2030-08-25","reason":"Regreso a clases","effect":"other_hours","spans":[{"opens":"09:00:00","closes":"20:00:00"}],"opens_at_earliest":null,"closes_at_latest":null,"also_on_days_off":true,"every_year":false,"monthly":null,"for_all":false},{"first_day":"2026-12-24","last_day":"2026-12-24","reason":"Nochebuena","effect":"limited","spans":[],"opens_at_earliest":null,"closes_at_latest":"14:00:00","also_on_days_off":false,"every_year":true,"monthly":null,"for_all":true}]}},"renamed_from":"papeleria"}','825e4d3b95fa11dfee8165029c2bcbdaa9dce57eb04458e4fcf9efbc7afc3c26','papeleria luna
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
+523336145700 523336145700','b37b74a3411e5ff3fdbdb3b3f5a1f74f7927781f1f8e511f37968e0a228a7f8a','tag:localhost,2026-11-30:4fbb771e7fe565654d83949ea7f2cb32','2026-11-30 04:23:47.138059','dc108670ad0e2a0fafeea3ff1bdfb734bccb47bce4ac1ceb402ca6c5cd1281c9','bnQEtMBvdZnR4hLIk574yirRN3oUMoIcMlNzXVzwE98',NULL,'','',NULL,'',NULL,NULL,1,1,NULL);
CREATE TABLE "directory_exceptionspan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "opens" time NOT NULL, "closes" time NOT NULL, "exception_id" bigint NOT NULL REFERENCES "directory_scheduleexception" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "exceptionspan_is_not_empty" CHECK ((NOT ("opens" = ("closes")) OR "opens" = '00:00:00')));
INSERT INTO "directory_exceptionspan" VALUES(1,'09:00:00','20:00:00',3);
CREATE TABLE "directory_factorrecovery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked_at" datetime NULL, "digest" varchar(64) NOT NULL, "password_mailed_at" datetime NULL, "user_id" integer NOT NULL UNIQUE REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "factorrecovery_has_a_link_where_it_is_asked_for" CHECK ((("asked_at" IS NULL AND "digest" = '') OR ("asked_at" IS NOT NULL AND NOT ("digest" = '')))));
CREATE TABLE "directory_finding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "fingerprint" varchar(64) NOT NULL UNIQUE, "code" varchar(40) NOT NULL, "severity" smallint unsigned NOT NULL CHECK ("severity" >= 0), "check_order" smallint unsigned NOT NULL CHECK ("check_order" >= 0), "subject_model" varchar(100) NOT NULL, "subject_pk" bigint NOT NULL, "field" varchar(100) NOT NULL, "value" varchar(500) NOT NULL, "texts" text NOT NULL CHECK ((JSON_VALID("texts") OR "texts" IS NULL)));
INSERT INTO "directory_finding" VALUES(2,'8526ae31dde4bc4d1259e950341712ec91e3b27553cb41ae651b1d769de7a2b5','not_verified',3,30,'directory.contactpoint',2,'verified_on','','{"es": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "+52 33 3614 5600 \u00b7 L\u00ednea de la papeler\u00eda"}, "en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "+52 33 3614 5600 \u00b7 L\u00ednea de la papeler\u00eda"}, "pt": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "+52 33 3614 5600 \u00b7 L\u00ednea de la papeler\u00eda"}}');
INSERT INTO "directory_finding" VALUES(3,'cf4e9d3b639511ff8a2ea27c7b3ab05d35895e811c382275c2bcbf7ec00c6d9e','not_verified',3,30,'directory.contactpoint',3,'verified_on','','{"es": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "+52 33 3614 5700 \u00b7 Pedidos por WhatsApp"}, "en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "+52 33 3614 5700 \u00b7 Pedidos por WhatsApp"}, "pt": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "+52 33 3614 5700 \u00b7 Pedidos por WhatsApp"}}');
INSERT INTO "directory_finding" VALUES(4,'4c1290b24ec951b5b0944900ed0be9f07b717e70e4f8dff51be4b2fa55ca33e4','not_verified',3,30,'directory.contactpoint',4,'verified_on','','{"es": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "hola@papelerialuna.example.com \u00b7 Correo de la papeler\u00eda"}, "en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "hola@papelerialuna.example.com \u00b7 Correo de la papeler\u00eda"}, "pt": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "hola@papelerialuna.example.com \u00b7 Correo de la papeler\u00eda"}}');
INSERT INTO "directory_finding" VALUES(5,'1d9547f97da4cd63e9c42ad4b89f3c44309976ecab738389fa82f336a8ce92a7','not_verified',3,30,'directory.contactpoint',5,'verified_on','','{"es": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "https://papelerialuna.example.com/pedidos \u00b7 Pedidos en l\u00ednea"}, "en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "https://papelerialuna.example.com/pedidos \u00b7 Pedidos en l\u00ednea"}, "pt": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "https://papelerialuna.example.com/pedidos \u00b7 Pedidos en l\u00ednea"}}');
INSERT INTO "directory_finding" VALUES(6,'dc16a89a9a56a54fd329c5136fdd27471cc1539ac5a347301b086f2457f35331','not_verified',3,30,'directory.contactpoint',1,'verified_on','','{"es": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "+52 33 3614 5500 \u00b7 Ventas"}, "en": {"message": "Nobody has noted that it works. Try it and confirm it.", "subject": "+52 33 3614 5500 \u00b7 Ventas"}, "pt": {"message": "Nadie ha anotado que funcione. Pru\u00e9belo y conf\u00edrmelo.", "subject": "+52 33 3614 5500 \u00b7 Ventas"}}');
CREATE TABLE "directory_findingacceptance" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "fingerprint" varchar(64) NOT NULL UNIQUE, "code" varchar(40) NOT NULL, "subject" varchar(300) NOT NULL, "reason" varchar(300) NOT NULL, "accepted_at" datetime NOT NULL, "accepted_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "findingacceptance_has_a_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "directory_findingrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "model" varchar(100) NOT NULL, "row_pk" bigint NOT NULL, "is_shown" bool NOT NULL, "finding_id" bigint NOT NULL REFERENCES "directory_finding" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "directory_findingrow" VALUES(3,'directory.service',1,0,2);
INSERT INTO "directory_findingrow" VALUES(4,'directory.contactpoint',2,1,2);
INSERT INTO "directory_findingrow" VALUES(5,'directory.service',1,0,3);
INSERT INTO "directory_findingrow" VALUES(6,'directory.contactpoint',3,1,3);
INSERT INTO "directory_findingrow" VALUES(7,'directory.service',1,0,4);
INSERT INTO "directory_findingrow" VALUES(8,'directory.contactpoint',4,1,4);
INSERT INTO "directory_findingrow" VALUES(9,'directory.service',1,0,5);
INSERT INTO "directory_findingrow" VALUES(10,'directory.contactpoint',5,1,5);
INSERT INTO "directory_findingrow" VALUES(11,'directory.service',1,0,6);
INSERT INTO "directory_findingrow" VALUES(12,'directory.contactpoint',1,1,6);
CREATE TABLE "directory_formerslug" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(50) NOT NULL UNIQUE, "service_id" bigint NOT NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "directory_formerslug" VALUES(1,'papeleria',1);
CREATE TABLE "directory_notice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "severity" varchar(20) NOT NULL, "text" varchar(300) NOT NULL, "since" datetime NOT NULL, "until" datetime NULL, "ended_at" datetime NULL, "channel_id" bigint NULL REFERENCES "directory_channel" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_point_id" bigint NULL REFERENCES "directory_contactpoint" ("id") DEFERRABLE INITIALLY DEFERRED, "service_id" bigint NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "notice_severity_is_known" CHECK ("severity" IN ('information', 'limited', 'out_of_order')), CONSTRAINT "notice_has_one_subject" CHECK ((("channel_id" IS NULL AND "contact_point_id" IS NULL) OR ("contact_point_id" IS NULL AND "service_id" IS NULL) OR ("channel_id" IS NULL AND "service_id" IS NULL))), CONSTRAINT "notice_ends_after_it_begins" CHECK (("until" IS NULL OR "until" > ("since"))));
INSERT INTO "directory_notice" VALUES(1,'whatsapp-mantenimiento','out_of_order','Por mantenimiento no respondemos por WhatsApp. Llámenos.','2030-03-05 02:00:00','2030-03-05 12:00:00',NULL,2,NULL,NULL);
CREATE TABLE "directory_passkey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "credential_id" varchar(1400) NOT NULL UNIQUE, "public_key" BLOB NOT NULL, "sign_count" bigint NOT NULL, "transports" text NOT NULL CHECK ((JSON_VALID("transports") OR "transports" IS NULL)), "created_at" datetime NOT NULL, "used_at" datetime NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "directory_proposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "made_at" datetime NOT NULL, "made_by_email" varchar(254) NOT NULL, "action" varchar(20) NOT NULL, "object_id" varchar(40) NOT NULL, "object_name" varchar(200) NOT NULL, "others" integer unsigned NOT NULL CHECK ("others" >= 0), "message" text NOT NULL, "rows" text NOT NULL CHECK ((JSON_VALID("rows") OR "rows" IS NULL)), "entries" text NOT NULL CHECK ((JSON_VALID("entries") OR "entries" IS NULL)), "effect" text NOT NULL CHECK ((JSON_VALID("effect") OR "effect" IS NULL)), "warnings" text NOT NULL CHECK ((JSON_VALID("warnings") OR "warnings" IS NULL)), "touched" text NOT NULL, "seal" varchar(64) NOT NULL UNIQUE, "state" varchar(20) NOT NULL, "decided_at" datetime NULL, "reason" varchar(300) NOT NULL, "read_at" datetime NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "made_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NULL UNIQUE REFERENCES "directory_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "undoes_id" bigint NULL REFERENCES "directory_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "proposal_is_decided_by_somebody" CHECK ((("decided_at" IS NULL AND "decided_by_id" IS NULL AND "state" = 'waiting') OR (NOT ("state" = 'waiting') AND "decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL))), CONSTRAINT "proposal_is_published_by_another" CHECK ((NOT ("state" IN ('published', 'refused')) OR NOT ("decided_by_id" = ("made_by_id") AND "decided_by_id" IS NOT NULL))), CONSTRAINT "proposal_is_taken_back_by_its_author" CHECK ((NOT ("state" = 'taken_back') OR "decided_by_id" = ("made_by_id"))), CONSTRAINT "proposal_is_refused_with_a_reason" CHECK ((("state" = 'refused' AND NOT ("reason" = '')) OR (NOT ("state" = 'refused') AND "reason" = ''))));
CREATE TABLE "directory_requesttype" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "description" text NOT NULL, "covers_all" bool NOT NULL, "is_critical" bool NOT NULL, "position" smallint unsigned NOT NULL CHECK ("position" >= 0));
INSERT INTO "directory_requesttype" VALUES(1,'todas','Todas','',1,0,1);
INSERT INTO "directory_requesttype" VALUES(2,'queja','Quejas','',0,0,6);
CREATE TABLE "directory_responsetarget" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "respond_minutes" integer unsigned NULL CHECK ("respond_minutes" >= 0), "solve_minutes" integer unsigned NULL CHECK ("solve_minutes" >= 0), "in_open_hours" bool NOT NULL, "request_type_id" bigint NOT NULL REFERENCES "directory_requesttype" ("id") DEFERRABLE INITIALLY DEFERRED, "service_id" bigint NOT NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "responsetarget_is_unique_in_service" UNIQUE ("service_id", "request_type_id"), CONSTRAINT "responsetarget_has_a_time" CHECK (("respond_minutes" IS NOT NULL OR "solve_minutes" IS NOT NULL)), CONSTRAINT "responsetarget_times_are_plausible" CHECK ((("respond_minutes" IS NULL OR "respond_minutes" BETWEEN 1 AND 86400) AND ("solve_minutes" IS NULL OR "solve_minutes" BETWEEN 1 AND 525600))), CONSTRAINT "responsetarget_times_are_in_order" CHECK (("respond_minutes" IS NULL OR "solve_minutes" IS NULL OR "solve_minutes" >= ("respond_minutes"))));
INSERT INTO "directory_responsetarget" VALUES(1,1440,7200,1,2,1);
CREATE TABLE "directory_revisedrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row_id" bigint NOT NULL, "before" text NULL CHECK ((JSON_VALID("before") OR "before" IS NULL)), "after" text NULL CHECK ((JSON_VALID("after") OR "after" IS NULL)), "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NOT NULL REFERENCES "directory_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "revisedrow_once_in_revision" UNIQUE ("revision_id", "content_type_id", "row_id"));
INSERT INTO "directory_revisedrow" VALUES(1,1,'{"label": "L\u00ednea de la papeler\u00eda"}','{"label": "Ventas"}',17,1);
CREATE TABLE "directory_revision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "made_at" datetime NOT NULL, "action" varchar(20) NOT NULL, "object_id" varchar(40) NOT NULL, "object_name" varchar(200) NOT NULL, "others" integer unsigned NOT NULL CHECK ("others" >= 0), "message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "made_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "undoes_id" bigint NULL UNIQUE REFERENCES "directory_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "revision_undoes_another" CHECK (NOT ("undoes_id" = ("id") AND "undoes_id" IS NOT NULL)));
INSERT INTO "directory_revision" VALUES(1,'2026-11-30 04:23:47.178422','changed','1','+52 33 3614 5500 · Ventas',0,'[{"changed": {"fields": ["Nombre: L\u00ednea de la papeler\u00eda \u2192 Ventas"]}}]',17,1,NULL,NULL);
CREATE TABLE "directory_revision_entries" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "revision_id" bigint NOT NULL REFERENCES "directory_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "logentry_id" integer NOT NULL REFERENCES "django_admin_log" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "directory_revision_entries" VALUES(1,1,1);
CREATE TABLE "directory_schedule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "always_open" bool NOT NULL, "holidays" varchar(20) NOT NULL, "timezone" varchar(64) NOT NULL, "country" varchar(2) NOT NULL, "subdivision" varchar(40) NOT NULL);
INSERT INTO "directory_schedule" VALUES(1,'mostrador','Mostrador de la papelería',0,'own_hours','America/Mexico_City','MX','');
CREATE TABLE "directory_scheduleexception" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "also_always_open" bool NOT NULL, "first_day" date NOT NULL, "last_day" date NULL, "every_year" bool NOT NULL, "monthly" varchar(20) NOT NULL, "reason" varchar(120) NOT NULL, "effect" varchar(20) NOT NULL, "opens_at_earliest" time NULL, "closes_at_latest" time NULL, "also_on_days_off" bool NOT NULL, CONSTRAINT "scheduleexception_days_are_in_order" CHECK (("last_day" IS NULL OR "last_day" >= ("first_day"))), CONSTRAINT "scheduleexception_monthly_is_known" CHECK ("monthly" IN ('', 'first_working_day', 'last_working_day')), CONSTRAINT "scheduleexception_is_of_each_month_or_year" CHECK (("monthly" = '' OR NOT "every_year")), CONSTRAINT "scheduleexception_without_last_day_is_monthly" CHECK (("last_day" IS NOT NULL OR NOT ("monthly" = ''))), CONSTRAINT "scheduleexception_effect_is_known" CHECK ("effect" IN ('closed', 'limited', 'other_hours')), CONSTRAINT "scheduleexception_limited_has_limits" CHECK ((("effect" = 'limited' AND ("opens_at_earliest" IS NOT NULL OR "closes_at_latest" IS NOT NULL)) OR (NOT ("effect" = 'limited') AND "closes_at_latest" IS NULL AND "opens_at_earliest" IS NULL))), CONSTRAINT "scheduleexception_limits_are_in_order" CHECK (("opens_at_earliest" IS NULL OR "closes_at_latest" IS NULL OR "closes_at_latest" = '00:00:00' OR "closes_at_latest" > ("opens_at_earliest"))), CONSTRAINT "scheduleexception_days_off_need_other_hours" CHECK ((NOT "also_on_days_off" OR "effect" = 'other_hours')));
INSERT INTO "directory_scheduleexception" VALUES(1,'inventario-2030',0,'2030-01-02','2030-01-03',0,'','Inventario anual','closed',NULL,NULL,0);
INSERT INTO "directory_scheduleexception" VALUES(2,'nochebuena',0,'2026-12-24','2026-12-24',1,'','Nochebuena','limited',NULL,'14:00:00',0);
INSERT INTO "directory_scheduleexception" VALUES(3,'regreso-a-clases-2030',0,'2030-08-24','2030-08-25',0,'','Regreso a clases','other_hours',NULL,NULL,1);
INSERT INTO "directory_scheduleexception" VALUES(4,'conteo',0,'2026-01-01',NULL,0,'last_working_day','Conteo de inventario','limited',NULL,'17:00:00',0);
CREATE TABLE "directory_scheduleexception_schedules" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "scheduleexception_id" bigint NOT NULL REFERENCES "directory_scheduleexception" ("id") DEFERRABLE INITIALLY DEFERRED, "schedule_id" bigint NOT NULL REFERENCES "directory_schedule" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "directory_scheduleexception_schedules" VALUES(1,1,1);
INSERT INTO "directory_scheduleexception_schedules" VALUES(2,3,1);
INSERT INTO "directory_scheduleexception_schedules" VALUES(3,4,1);
CREATE TABLE "directory_service" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(50) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "introduction" text NOT NULL, "is_international" bool NOT NULL, "is_published" bool NOT NULL, "review_interval_days" smallint unsigned NULL CHECK ("review_interval_days" >= 0), "reviewed_on" date NULL, "ended_on" date NULL, "ended_note" varchar(300) NOT NULL, "reminded_on" text NOT NULL CHECK ((JSON_VALID("reminded_on") OR "reminded_on" IS NULL)), "owner_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "successor_id" bigint NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "service_review_interval_is_positive" CHECK (("review_interval_days" IS NULL OR "review_interval_days" >= 1)), CONSTRAINT "service_that_ended_is_not_published" CHECK (("ended_on" IS NULL OR NOT "is_published")), CONSTRAINT "service_is_not_its_own_successor" CHECK (("successor_id" IS NULL OR NOT ("successor_id" = ("id") AND "successor_id" IS NOT NULL))));
INSERT INTO "directory_service" VALUES(1,'papeleria-luna','Papelería Luna','Pedidos, facturas y devoluciones de la tienda de Guadalajara.',0,1,NULL,NULL,NULL,'','{}',NULL,NULL);
CREATE TABLE "directory_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL, "begun_at" datetime NOT NULL, "used_at" datetime NOT NULL, "address" char(39) NULL, "agent" varchar(400) NOT NULL, "user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "directory_session" VALUES('dxpgr4wy1fpcnvptkhc9ap0qno3gavyz','.eJxlkMtOxDAMRf-lW5jWeTSPLtmzYzcaVY7tzhSYFPWBhBD_TioQArFLco9vTvJe9bitl35bZO5HrrpKVbe_zxLSk-Q94EfM56mmKa_zmOodqb_Tpb6fWJ7vvtk_BRdcLmVao5BGQ1EsgJEoYGEwEqJn3xoerOPWDQzaJk0K0Q8hDkjooHUMZEppkvOW9yrQ7qDUwcAD2E6bzro6xBiCvgHoAAqKzLMsS4H3zVny-rVcpOhzX4rXae7ztPZZhKU8b503KTm-Somn-Vpmj8eKlLMEpMKglGEIJqJuHbUImFSiCF4Pimwk8AmEwEmA4AAit9aRT-XK_7a-Vt4b3f7YNsjXMTc8zrJ7vTX7HxfFl2nMa1OA6nT6-ARg5oBQ:1xXsvb:GwIoCV9cy6NbVHH_IFatZoW-6DrF-OK2RqvkiaS1SAg','2026-11-30 06:23:47.241885','2026-11-30 04:23:46.899882','2026-11-30 04:23:47.241885',NULL,'',1);
CREATE TABLE "directory_subscription" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "address" varchar(254) NOT NULL, "language" varchar(10) NOT NULL, "key" char(32) NOT NULL UNIQUE, "asked_at" datetime NOT NULL, "confirmed_at" datetime NULL, "told_number" integer unsigned NULL CHECK ("told_number" >= 0), "refusals" smallint unsigned NOT NULL CHECK ("refusals" >= 0), "service_id" bigint NOT NULL REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "subscription_is_one_for_service_and_address" UNIQUE ("service_id", "address"), CONSTRAINT "subscription_address_is_in_lower_case" CHECK (("address" = (LOWER("address")) AND NOT ("address" = ''))), CONSTRAINT "subscription_is_told_from_its_confirmation_on" CHECK ((("confirmed_at" IS NULL AND "told_number" IS NULL) OR ("confirmed_at" IS NOT NULL AND "told_number" IS NOT NULL))));
CREATE TABLE "directory_timespan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "opens" time NOT NULL, "closes" time NOT NULL, "day" smallint unsigned NOT NULL CHECK ("day" >= 0), "every_year" bool NOT NULL, "schedule_id" bigint NOT NULL REFERENCES "directory_schedule" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "timespan_validity_is_in_order" CHECK (("valid_from" IS NULL OR "valid_until" IS NULL OR "valid_until" >= ("valid_from"))), CONSTRAINT "timespan_is_not_empty" CHECK ((NOT ("opens" = ("closes")) OR "opens" = '00:00:00')), CONSTRAINT "timespan_day_is_weekday_or_holiday" CHECK ("day" BETWEEN 1 AND 8), CONSTRAINT "timespan_every_year_has_both_days" CHECK ((NOT "every_year" OR ("valid_from" IS NOT NULL AND "valid_until" IS NOT NULL))));
INSERT INTO "directory_timespan" VALUES(1,NULL,NULL,'09:00:00','19:00:00',1,0,1);
INSERT INTO "directory_timespan" VALUES(2,NULL,NULL,'09:00:00','19:00:00',2,0,1);
INSERT INTO "directory_timespan" VALUES(3,NULL,NULL,'09:00:00','19:00:00',3,0,1);
INSERT INTO "directory_timespan" VALUES(4,NULL,NULL,'09:00:00','19:00:00',4,0,1);
INSERT INTO "directory_timespan" VALUES(5,NULL,NULL,'09:00:00','19:00:00',5,0,1);
INSERT INTO "directory_timespan" VALUES(6,NULL,NULL,'10:00:00','14:00:00',6,0,1);
INSERT INTO "directory_timespan" VALUES(7,NULL,NULL,'10:00:00','14:00:00',8,0,1);
CREATE TABLE "directory_trycount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "kind" varchar(20) NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "at_most" integer unsigned NOT NULL CHECK ("at_most" >= 0), "since" datetime NOT NULL, "user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "trycount_is_not_negative" CHECK ("count" >= 0));
CREATE TABLE "directory_withheldtext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row_id" bigint NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "texts" text NOT NULL CHECK ((JSON_VALID("texts") OR "texts" IS NULL)), "withheld_at" datetime NULL, "reason" varchar(300) NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "withheld_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "withheldtext_once_of_row" UNIQUE ("content_type_id", "row_id"), CONSTRAINT "withheldtext_by_itself_says_who_when_why" CHECK ((("reason" = '' AND "withheld_at" IS NULL AND "withheld_by_id" IS NULL) OR ("withheld_at" IS NOT NULL AND "withheld_by_id" IS NOT NULL AND NOT ("reason" = '')))));
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
INSERT INTO "django_admin_log" VALUES(1,'1','+52 33 3614 5500 · Ventas',2,'[{"changed": {"fields": ["Nombre: L\u00ednea de la papeler\u00eda \u2192 Ventas"]}}]',17,1,'2026-11-30 04:23:47.176700');
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'admin','logentry');
INSERT INTO "django_content_type" VALUES(2,'auth','permission');
INSERT INTO "django_content_type" VALUES(3,'auth','group');
INSERT INTO "django_content_type" VALUES(4,'auth','user');
INSERT INTO "django_content_type" VALUES(5,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(6,'sessions','session');
INSERT INTO "django_content_type" VALUES(7,'otp_static','staticdevice');
INSERT INTO "django_content_type" VALUES(8,'otp_static','statictoken');
INSERT INTO "django_content_type" VALUES(9,'otp_totp','totpdevice');
INSERT INTO "django_content_type" VALUES(10,'directory','channel');
INSERT INTO "django_content_type" VALUES(11,'directory','service');
INSERT INTO "django_content_type" VALUES(12,'directory','requesttype');
INSERT INTO "django_content_type" VALUES(13,'directory','schedule');
INSERT INTO "django_content_type" VALUES(14,'directory','auditentry');
INSERT INTO "django_content_type" VALUES(15,'directory','checkpoint');
INSERT INTO "django_content_type" VALUES(16,'directory','checkrun');
INSERT INTO "django_content_type" VALUES(17,'directory','contactpoint');
INSERT INTO "django_content_type" VALUES(18,'directory','channelcontact');
INSERT INTO "django_content_type" VALUES(19,'directory','currentedition');
INSERT INTO "django_content_type" VALUES(20,'directory','contactreport');
INSERT INTO "django_content_type" VALUES(21,'directory','dailycount');
INSERT INTO "django_content_type" VALUES(22,'directory','directoryversion');
INSERT INTO "django_content_type" VALUES(23,'directory','edition');
INSERT INTO "django_content_type" VALUES(24,'directory','factorrecovery');
INSERT INTO "django_content_type" VALUES(25,'directory','finding');
INSERT INTO "django_content_type" VALUES(26,'directory','findingacceptance');
INSERT INTO "django_content_type" VALUES(27,'directory','findingrow');
INSERT INTO "django_content_type" VALUES(28,'directory','formerslug');
INSERT INTO "django_content_type" VALUES(29,'directory','notice');
INSERT INTO "django_content_type" VALUES(30,'directory','passkey');
INSERT INTO "django_content_type" VALUES(31,'directory','responsetarget');
INSERT INTO "django_content_type" VALUES(32,'directory','revision');
INSERT INTO "django_content_type" VALUES(33,'directory','revisedrow');
INSERT INTO "django_content_type" VALUES(34,'directory','proposal');
INSERT INTO "django_content_type" VALUES(35,'directory','scheduleexception');
INSERT INTO "django_content_type" VALUES(36,'directory','exceptionspan');
INSERT INTO "django_content_type" VALUES(37,'directory','session');
INSERT INTO "django_content_type" VALUES(38,'directory','subscription');
INSERT INTO "django_content_type" VALUES(39,'directory','timespan');
INSERT INTO "django_content_type" VALUES(40,'directory','trycount');
INSERT INTO "django_content_type" VALUES(41,'directory','withheldtext');
INSERT INTO "django_content_type" VALUES(42,'escalations','escalationcontact');
INSERT INTO "django_content_type" VALUES(43,'escalations','absence');
INSERT INTO "django_content_type" VALUES(44,'escalations','escalationcontactuse');
INSERT INTO "django_content_type" VALUES(45,'escalations','escalationpolicy');
INSERT INTO "django_content_type" VALUES(46,'escalations','escalationlevel');
INSERT INTO "django_content_type" VALUES(47,'escalations','escalationtime');
INSERT INTO "django_content_type" VALUES(48,'escalations','absencecontact');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-30 04:23:42.483843');
INSERT INTO "django_migrations" VALUES(2,'auth','0001_initial','2026-11-30 04:23:42.490092');
INSERT INTO "django_migrations" VALUES(3,'admin','0001_initial','2026-11-30 04:23:42.494292');
INSERT INTO "django_migrations" VALUES(4,'admin','0002_logentry_remove_auto_add','2026-11-30 04:23:42.498065');
INSERT INTO "django_migrations" VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-11-30 04:23:42.500714');
INSERT INTO "django_migrations" VALUES(6,'contenttypes','0002_remove_content_type_name','2026-11-30 04:23:42.507274');
INSERT INTO "django_migrations" VALUES(7,'auth','0002_alter_permission_name_max_length','2026-11-30 04:23:42.510867');
INSERT INTO "django_migrations" VALUES(8,'auth','0003_alter_user_email_max_length','2026-11-30 04:23:42.514614');
INSERT INTO "django_migrations" VALUES(9,'auth','0004_alter_user_username_opts','2026-11-30 04:23:42.517300');
INSERT INTO "django_migrations" VALUES(10,'auth','0005_alter_user_last_login_null','2026-11-30 04:23:42.522301');
INSERT INTO "django_migrations" VALUES(11,'auth','0006_require_contenttypes_0002','2026-11-30 04:23:42.522600');
INSERT INTO "django_migrations" VALUES(12,'auth','0007_alter_validators_add_error_messages','2026-11-30 04:23:42.525027');
INSERT INTO "django_migrations" VALUES(13,'auth','0008_alter_user_username_max_length','2026-11-30 04:23:42.528391');
INSERT INTO "django_migrations" VALUES(14,'auth','0009_alter_user_last_name_max_length','2026-11-30 04:23:42.531834');
INSERT INTO "django_migrations" VALUES(15,'auth','0010_alter_group_name_max_length','2026-11-30 04:23:42.535571');
INSERT INTO "django_migrations" VALUES(16,'auth','0011_update_proxy_permissions','2026-11-30 04:23:42.538170');
INSERT INTO "django_migrations" VALUES(17,'auth','0012_alter_user_first_name_max_length','2026-11-30 04:23:42.541626');
INSERT INTO "django_migrations" VALUES(18,'directory','0001_initial','2026-11-30 04:23:43.867699');
INSERT INTO "django_migrations" VALUES(19,'escalations','0001_initial','2026-11-30 04:23:44.278173');
INSERT INTO "django_migrations" VALUES(20,'otp_static','0001_initial','2026-11-30 04:23:44.311921');
INSERT INTO "django_migrations" VALUES(21,'otp_static','0002_throttling','2026-11-30 04:23:44.337160');
INSERT INTO "django_migrations" VALUES(22,'otp_static','0003_add_timestamps','2026-11-30 04:23:44.362058');
INSERT INTO "django_migrations" VALUES(23,'otp_totp','0001_initial','2026-11-30 04:23:44.379395');
INSERT INTO "django_migrations" VALUES(24,'otp_totp','0002_auto_20190420_0723','2026-11-30 04:23:44.404441');
INSERT INTO "django_migrations" VALUES(25,'otp_totp','0003_add_timestamps','2026-11-30 04:23:44.429242');
INSERT INTO "django_migrations" VALUES(26,'sessions','0001_initial','2026-11-30 04:23:44.430637');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "escalations_absence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "first_day" date NOT NULL, "last_day" date NOT NULL, "contact_id" bigint NOT NULL REFERENCES "escalations_escalationcontact" ("id") DEFERRABLE INITIALLY DEFERRED, "stand_in_id" bigint NULL REFERENCES "escalations_escalationcontact" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "absence_is_unique_from_a_day_on" UNIQUE ("contact_id", "first_day"), CONSTRAINT "absence_days_are_in_order" CHECK ("last_day" >= ("first_day")), CONSTRAINT "absence_is_stood_in_by_another" CHECK (("stand_in_id" IS NULL OR NOT ("stand_in_id" = ("contact_id") AND "stand_in_id" IS NOT NULL))));
INSERT INTO "escalations_absence" VALUES(1,'2030-07-01','2030-07-15',1,2);
CREATE TABLE "escalations_absencecontact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(120) NOT NULL, "menu_options" varchar(120) NOT NULL, "extensions" varchar(120) NOT NULL, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "absence_id" bigint NOT NULL REFERENCES "escalations_absence" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_point_id" bigint NOT NULL REFERENCES "directory_contactpoint" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "absencecontact_is_unique_in_absence" UNIQUE ("absence_id", "contact_point_id"));
INSERT INTO "escalations_absencecontact" VALUES(1,'','','',0,1,1);
CREATE TABLE "escalations_escalationcontact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "person" varchar(120) NOT NULL, "public" varchar(20) NOT NULL, "schedule_id" bigint NULL REFERENCES "directory_schedule" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "escalationcontact_public_is_known" CHECK ("public" IN ('person', 'contacts', 'role')));
INSERT INTO "escalations_escalationcontact" VALUES(1,'encargada','Encargada de la tienda','Lucía Ramos','person',1);
INSERT INTO "escalations_escalationcontact" VALUES(2,'duena','Dueña','','person',NULL);
CREATE TABLE "escalations_escalationcontactuse" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(120) NOT NULL, "menu_options" varchar(120) NOT NULL, "extensions" varchar(120) NOT NULL, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "contact_id" bigint NOT NULL REFERENCES "escalations_escalationcontact" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_point_id" bigint NOT NULL REFERENCES "directory_contactpoint" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "escalationcontactuse_is_unique_in_contact" UNIQUE ("contact_id", "contact_point_id"));
INSERT INTO "escalations_escalationcontactuse" VALUES(1,'','','100',1,1,1);
INSERT INTO "escalations_escalationcontactuse" VALUES(2,'','','',0,2,4);
CREATE TABLE "escalations_escalationlevel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "level" smallint unsigned NOT NULL CHECK ("level" >= 0), "title" varchar(120) NOT NULL, "purpose" varchar(120) NOT NULL, "escalate_after_minutes" integer unsigned NULL CHECK ("escalate_after_minutes" >= 0), "contact_id" bigint NOT NULL REFERENCES "escalations_escalationcontact" ("id") DEFERRABLE INITIALLY DEFERRED, "policy_id" bigint NOT NULL REFERENCES "escalations_escalationpolicy" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "escalationlevel_validity_is_in_order" CHECK (("valid_from" IS NULL OR "valid_until" IS NULL OR "valid_until" >= ("valid_from"))), CONSTRAINT "escalationlevel_begins_at_one" CHECK ("level" >= 1), CONSTRAINT "escalationlevel_time_is_plausible" CHECK (("escalate_after_minutes" IS NULL OR "escalate_after_minutes" BETWEEN 1 AND 86400)), CONSTRAINT "escalationlevel_is_unique_from_a_day_on" UNIQUE ("policy_id", "contact_id", "level", "valid_from"));
INSERT INTO "escalations_escalationlevel" VALUES(1,NULL,NULL,1,'','',480,1,1);
INSERT INTO "escalations_escalationlevel" VALUES(2,NULL,NULL,2,'','',1440,2,1);
CREATE TABLE "escalations_escalationlevel_request_types" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "escalationlevel_id" bigint NOT NULL REFERENCES "escalations_escalationlevel" ("id") DEFERRABLE INITIALLY DEFERRED, "requesttype_id" bigint NOT NULL REFERENCES "directory_requesttype" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "escalations_escalationpolicy" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "instructions" text NOT NULL, "times_count" varchar(20) NOT NULL, "service_id" bigint NOT NULL UNIQUE REFERENCES "directory_service" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "escalationpolicy_times_count_is_known" CHECK ("times_count" IN ('no_answer', 'no_solution', 'since_report')));
INSERT INTO "escalations_escalationpolicy" VALUES(1,'Si en un día hábil nadie le ha resuelto, pida el siguiente nivel.','no_answer',1);
CREATE TABLE "escalations_escalationtime" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "level" smallint unsigned NOT NULL CHECK ("level" >= 0), "minutes" integer unsigned NOT NULL CHECK ("minutes" >= 0), "policy_id" bigint NOT NULL REFERENCES "escalations_escalationpolicy" ("id") DEFERRABLE INITIALLY DEFERRED, "request_type_id" bigint NOT NULL REFERENCES "directory_requesttype" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "escalationtime_is_unique_in_policy" UNIQUE ("policy_id", "level", "request_type_id"), CONSTRAINT "escalationtime_begins_at_one" CHECK ("level" >= 1), CONSTRAINT "escalationtime_is_plausible" CHECK ("minutes" BETWEEN 0 AND 86400));
INSERT INTO "escalations_escalationtime" VALUES(1,2,960,1,2);
CREATE TABLE "otp_static_staticdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE TABLE "otp_static_statictoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" varchar(16) NOT NULL, "device_id" integer NOT NULL REFERENCES "otp_static_staticdevice" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "otp_totp_totpdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "key" varchar(80) NOT NULL, "step" smallint unsigned NOT NULL CHECK ("step" >= 0), "t0" bigint NOT NULL, "digits" smallint unsigned NOT NULL CHECK ("digits" >= 0), "tolerance" smallint unsigned NOT NULL CHECK ("tolerance" >= 0), "drift" smallint NOT NULL, "last_t" bigint NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "directory_auditentry_at_af5756cf" ON "directory_auditentry" ("at");
CREATE INDEX "directory_auditentry_user_name_ef1ad9e7" ON "directory_auditentry" ("user_name");
CREATE INDEX "directory_auditentry_request_id_5ef25d6a" ON "directory_auditentry" ("request_id");
CREATE INDEX "auditentry_event_at" ON "directory_auditentry" ("event", "at");
CREATE INDEX "auditentry_about" ON "directory_auditentry" ("about_kind", "about_key");
CREATE INDEX "finding_by_subject" ON "directory_finding" ("subject_model", "subject_pk");
CREATE INDEX "finding_by_value" ON "directory_finding" ("code", "value");
CREATE INDEX "finding_by_severity" ON "directory_finding" ("severity", "check_order");
CREATE INDEX "directory_findingrow_finding_id_68e7f1b6" ON "directory_findingrow" ("finding_id");
CREATE INDEX "directory_formerslug_service_id_bdecc1c8" ON "directory_formerslug" ("service_id");
CREATE INDEX "directory_passkey_user_id_4120274f" ON "directory_passkey" ("user_id");
CREATE UNIQUE INDEX "directory_channel_request_types_channel_id_requesttype_id_95e1b5e9_uniq" ON "directory_channel_request_types" ("channel_id", "requesttype_id");
CREATE INDEX "directory_channel_request_types_channel_id_8170170e" ON "directory_channel_request_types" ("channel_id");
CREATE INDEX "directory_channel_request_types_requesttype_id_7a2e0423" ON "directory_channel_request_types" ("requesttype_id");
CREATE UNIQUE INDEX "directory_revision_entries_revision_id_logentry_id_f3cb9be2_uniq" ON "directory_revision_entries" ("revision_id", "logentry_id");
CREATE INDEX "directory_revision_entries_revision_id_5e950290" ON "directory_revision_entries" ("revision_id");
CREATE INDEX "directory_revision_entries_logentry_id_6f99a21f" ON "directory_revision_entries" ("logentry_id");
CREATE UNIQUE INDEX "directory_scheduleexception_schedules_scheduleexception_id_schedule_id_5502f633_uniq" ON "directory_scheduleexception_schedules" ("scheduleexception_id", "schedule_id");
CREATE INDEX "directory_scheduleexception_schedules_scheduleexception_id_7538dc65" ON "directory_scheduleexception_schedules" ("scheduleexception_id");
CREATE INDEX "directory_scheduleexception_schedules_schedule_id_c0d49017" ON "directory_scheduleexception_schedules" ("schedule_id");
CREATE INDEX "directory_session_expire_date_cd589417" ON "directory_session" ("expire_date");
CREATE INDEX "directory_session_user_id_fbf14bcf" ON "directory_session" ("user_id");
CREATE UNIQUE INDEX "contactpoint_phone_is_unique_within_kind" ON "directory_contactpoint" ("kind", "phone") WHERE NOT ("phone" = '');
CREATE UNIQUE INDEX "contactpoint_short_code_is_unique" ON "directory_contactpoint" ("short_code") WHERE NOT ("short_code" = '');
CREATE UNIQUE INDEX "contactpoint_sms_is_unique" ON "directory_contactpoint" ("sms") WHERE NOT ("sms" = '');
CREATE UNIQUE INDEX "contactpoint_email_is_unique" ON "directory_contactpoint" ((LOWER("email"))) WHERE NOT ("email" = '');
CREATE UNIQUE INDEX "contactpoint_url_is_unique" ON "directory_contactpoint" ("url") WHERE NOT ("url" = '');
CREATE UNIQUE INDEX "contactpoint_telegram_is_unique" ON "directory_contactpoint" ("telegram") WHERE NOT ("telegram" = '');
CREATE UNIQUE INDEX "contactpoint_address_is_unique" ON "directory_contactpoint" ("address") WHERE NOT ("address" = '');
CREATE TRIGGER contactpoint_replacements_follow_each_other_INSERT AFTER INSERT ON "directory_contactpoint"
WHEN EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.id = NEW.replaced_by_id AND other.replaced_on <= NEW.replaced_on
                ) OR EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.replaced_by_id = NEW.id AND NEW.replaced_on <= other.replaced_on
                ) BEGIN SELECT RAISE(ABORT, 'contactpoint_replacements_follow_each_other'); END;
CREATE TRIGGER contactpoint_replacements_follow_each_other_UPDATE AFTER UPDATE ON "directory_contactpoint"
WHEN EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.id = NEW.replaced_by_id AND other.replaced_on <= NEW.replaced_on
                ) OR EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.replaced_by_id = NEW.id AND NEW.replaced_on <= other.replaced_on
                ) BEGIN SELECT RAISE(ABORT, 'contactpoint_replacements_follow_each_other'); END;
CREATE INDEX "directory_contactpoint_replaced_by_id_b96561ec" ON "directory_contactpoint" ("replaced_by_id");
CREATE INDEX "contactpoint_by_whole" ON "directory_contactpoint" ((replace(replace(replace(rtrim(lower("phone" || "short_code" || "telegram" || "sms" || "email" || "url" || "address"), '/'), 'https://', ''), 'http://', ''), 'www.', '')));
CREATE INDEX "contactpoint_by_head" ON "directory_contactpoint" ((substr(replace(replace(replace(rtrim(lower("phone" || "short_code" || "telegram" || "sms" || "email" || "url" || "address"), '/'), 'https://', ''), 'http://', ''), 'www.', ''), 1, ((instr(replace(replace(replace(rtrim(lower("phone" || "short_code" || "telegram" || "sms" || "email" || "url" || "address"), '/'), 'https://', ''), 'http://', ''), 'www.', '') || '@', '@') - 1) / 2))));
CREATE INDEX "contactpoint_by_tail" ON "directory_contactpoint" ((substr(replace(replace(replace(rtrim(lower("phone" || "short_code" || "telegram" || "sms" || "email" || "url" || "address"), '/'), 'https://', ''), 'http://', ''), 'www.', ''), ((instr(replace(replace(replace(rtrim(lower("phone" || "short_code" || "telegram" || "sms" || "email" || "url" || "address"), '/'), 'https://', ''), 'http://', ''), 'www.', '') || '@', '@') - 1) / 2) + 2)));
CREATE INDEX "directory_channelcontact_channel_id_bb044a4c" ON "directory_channelcontact" ("channel_id");
CREATE INDEX "directory_channelcontact_contact_point_id_0ceb0662" ON "directory_channelcontact" ("contact_point_id");
CREATE INDEX "directory_service_owner_id_65a93995" ON "directory_service" ("owner_id");
CREATE INDEX "directory_service_successor_id_5e2315ec" ON "directory_service" ("successor_id");
CREATE INDEX "directory_contactreport_closed_by_id_a3a9cd78" ON "directory_contactreport" ("closed_by_id");
CREATE INDEX "directory_contactreport_contact_point_id_35d64c22" ON "directory_contactreport" ("contact_point_id");
CREATE INDEX "directory_contactreport_service_id_e95967bd" ON "directory_contactreport" ("service_id");
CREATE INDEX "contactreport_of_day" ON "directory_contactreport" ("made_at", "sender");
CREATE INDEX "contactreport_of_contact" ON "directory_contactreport" ("contact_point_id", "closed_at");
CREATE INDEX "directory_edition_erased_by_id_501a20bd" ON "directory_edition" ("erased_by_id");
CREATE INDEX "directory_edition_proposed_by_id_d130afca" ON "directory_edition" ("proposed_by_id");
CREATE INDEX "directory_edition_published_by_id_70adf4b7" ON "directory_edition" ("published_by_id");
CREATE INDEX "directory_edition_service_id_91382286" ON "directory_edition" ("service_id");
CREATE INDEX "directory_edition_withdrawn_by_id_9bc9e925" ON "directory_edition" ("withdrawn_by_id");
CREATE INDEX "edition_by_instant" ON "directory_edition" ("published_at", "id");
CREATE INDEX "directory_findingacceptance_accepted_by_id_41ef767e" ON "directory_findingacceptance" ("accepted_by_id");
CREATE INDEX "findingrow_by_row" ON "directory_findingrow" ("model", "row_pk");
CREATE INDEX "directory_notice_channel_id_6a4e8d38" ON "directory_notice" ("channel_id");
CREATE INDEX "directory_notice_contact_point_id_21070f91" ON "directory_notice" ("contact_point_id");
CREATE INDEX "directory_notice_service_id_1edfca60" ON "directory_notice" ("service_id");
CREATE INDEX "directory_responsetarget_request_type_id_318d055b" ON "directory_responsetarget" ("request_type_id");
CREATE INDEX "directory_responsetarget_service_id_819e3154" ON "directory_responsetarget" ("service_id");
CREATE INDEX "directory_revision_made_at_4aa4bb95" ON "directory_revision" ("made_at");
CREATE INDEX "directory_revision_content_type_id_cfeee216" ON "directory_revision" ("content_type_id");
CREATE INDEX "directory_revision_made_by_id_058792b3" ON "directory_revision" ("made_by_id");
CREATE INDEX "directory_revision_proposed_by_id_271ab17f" ON "directory_revision" ("proposed_by_id");
CREATE INDEX "directory_revisedrow_content_type_id_e60f5368" ON "directory_revisedrow" ("content_type_id");
CREATE INDEX "directory_revisedrow_revision_id_5753d492" ON "directory_revisedrow" ("revision_id");
CREATE INDEX "revisedrow_of_row" ON "directory_revisedrow" ("content_type_id", "row_id");
CREATE INDEX "directory_proposal_made_at_400fdd8f" ON "directory_proposal" ("made_at");
CREATE INDEX "directory_proposal_content_type_id_925156a2" ON "directory_proposal" ("content_type_id");
CREATE INDEX "directory_proposal_decided_by_id_508a984d" ON "directory_proposal" ("decided_by_id");
CREATE INDEX "directory_proposal_made_by_id_5bfec498" ON "directory_proposal" ("made_by_id");
CREATE INDEX "directory_proposal_undoes_id_9a26bf26" ON "directory_proposal" ("undoes_id");
CREATE INDEX "proposal_waiting" ON "directory_proposal" ("state", "made_at");
CREATE INDEX "directory_channel_code_ba90252a" ON "directory_channel" ("code");
CREATE INDEX "directory_channel_service_id_7ecc45ef" ON "directory_channel" ("service_id");
CREATE INDEX "directory_channel_schedule_id_4ef69331" ON "directory_channel" ("schedule_id");
CREATE TRIGGER scheduleexception_every_year_is_no_longer_than_a_year_INSERT AFTER INSERT ON "directory_scheduleexception"
WHEN NEW.every_year
                    AND CAST(replace(CAST(NEW.last_day AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(NEW.first_day AS varchar(10)), '-', '') AS integer) + 10000 BEGIN SELECT RAISE(ABORT, 'scheduleexception_every_year_is_no_longer_than_a_year'); END;
CREATE TRIGGER scheduleexception_every_year_is_no_longer_than_a_year_UPDATE AFTER UPDATE ON "directory_scheduleexception"
WHEN NEW.every_year
                    AND CAST(replace(CAST(NEW.last_day AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(NEW.first_day AS varchar(10)), '-', '') AS integer) + 10000 BEGIN SELECT RAISE(ABORT, 'scheduleexception_every_year_is_no_longer_than_a_year'); END;
CREATE TRIGGER exceptionspan_overlaps_no_other_INSERT AFTER INSERT ON "directory_exceptionspan"
WHEN EXISTS (
                    SELECT 1 FROM directory_exceptionspan other
                    WHERE other.id <> NEW.id AND other.exception_id = NEW.exception_id
                    AND (other.closes <= other.opens OR NEW.opens < other.closes)
                    AND (NEW.closes <= NEW.opens OR other.opens < NEW.closes)) BEGIN SELECT RAISE(ABORT, 'exceptionspan_overlaps_no_other'); END;
CREATE TRIGGER exceptionspan_overlaps_no_other_UPDATE AFTER UPDATE ON "directory_exceptionspan"
WHEN EXISTS (
                    SELECT 1 FROM directory_exceptionspan other
                    WHERE other.id <> NEW.id AND other.exception_id = NEW.exception_id
                    AND (other.closes <= other.opens OR NEW.opens < other.closes)
                    AND (NEW.closes <= NEW.opens OR other.opens < NEW.closes)) BEGIN SELECT RAISE(ABORT, 'exceptionspan_overlaps_no_other'); END;
CREATE INDEX "directory_exceptionspan_exception_id_744d60cb" ON "directory_exceptionspan" ("exception_id");
CREATE INDEX "directory_subscription_service_id_3baa5d1c" ON "directory_subscription" ("service_id");
CREATE INDEX "subscription_by_address" ON "directory_subscription" ("address");
CREATE TRIGGER timespan_every_year_is_no_longer_than_a_year_INSERT AFTER INSERT ON "directory_timespan"
WHEN NEW.every_year
                    AND CAST(replace(CAST(NEW.valid_until AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(NEW.valid_from AS varchar(10)), '-', '') AS integer) + 10000 BEGIN SELECT RAISE(ABORT, 'timespan_every_year_is_no_longer_than_a_year'); END;
CREATE TRIGGER timespan_every_year_is_no_longer_than_a_year_UPDATE AFTER UPDATE ON "directory_timespan"
WHEN NEW.every_year
                    AND CAST(replace(CAST(NEW.valid_until AS varchar(10)), '-', '') AS integer) >= CAST(replace(CAST(NEW.valid_from AS varchar(10)), '-', '') AS integer) + 10000 BEGIN SELECT RAISE(ABORT, 'timespan_every_year_is_no_longer_than_a_year'); END;
CREATE TRIGGER timespan_overlaps_no_other_INSERT AFTER INSERT ON "directory_timespan"
WHEN EXISTS (
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
                            CASE other.day WHEN 7 THEN 1 WHEN 8 THEN 0 ELSE other.day + 1 END))) BEGIN SELECT RAISE(ABORT, 'timespan_overlaps_no_other'); END;
CREATE TRIGGER timespan_overlaps_no_other_UPDATE AFTER UPDATE ON "directory_timespan"
WHEN EXISTS (
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
                            CASE other.day WHEN 7 THEN 1 WHEN 8 THEN 0 ELSE other.day + 1 END))) BEGIN SELECT RAISE(ABORT, 'timespan_overlaps_no_other'); END;
CREATE INDEX "directory_timespan_schedule_id_0b71b797" ON "directory_timespan" ("schedule_id");
CREATE INDEX "directory_trycount_since_3d6dafeb" ON "directory_trycount" ("since");
CREATE INDEX "directory_trycount_user_id_d83e4e2b" ON "directory_trycount" ("user_id");
CREATE INDEX "directory_withheldtext_content_type_id_5a6cf4e7" ON "directory_withheldtext" ("content_type_id");
CREATE INDEX "directory_withheldtext_withheld_by_id_0548498b" ON "directory_withheldtext" ("withheld_by_id");
CREATE UNIQUE INDEX "escalations_escalationlevel_request_types_escalationlevel_id_requesttype_id_6ec19b31_uniq" ON "escalations_escalationlevel_request_types" ("escalationlevel_id", "requesttype_id");
CREATE INDEX "escalations_escalationlevel_request_types_escalationlevel_id_29c0eaf9" ON "escalations_escalationlevel_request_types" ("escalationlevel_id");
CREATE INDEX "escalations_escalationlevel_request_types_requesttype_id_32be985a" ON "escalations_escalationlevel_request_types" ("requesttype_id");
CREATE INDEX "escalations_absencecontact_absence_id_997e0333" ON "escalations_absencecontact" ("absence_id");
CREATE INDEX "escalations_absencecontact_contact_point_id_7fe53958" ON "escalations_absencecontact" ("contact_point_id");
CREATE INDEX "escalations_escalationcontact_schedule_id_1a1406a9" ON "escalations_escalationcontact" ("schedule_id");
CREATE TRIGGER absence_overlaps_no_other_INSERT AFTER INSERT ON "escalations_absence"
WHEN EXISTS (
                    SELECT 1 FROM escalations_absence other
                    WHERE other.id <> NEW.id AND other.contact_id = NEW.contact_id
                    AND other.first_day <= NEW.last_day AND NEW.first_day <= other.last_day) BEGIN SELECT RAISE(ABORT, 'absence_overlaps_no_other'); END;
CREATE TRIGGER absence_overlaps_no_other_UPDATE AFTER UPDATE ON "escalations_absence"
WHEN EXISTS (
                    SELECT 1 FROM escalations_absence other
                    WHERE other.id <> NEW.id AND other.contact_id = NEW.contact_id
                    AND other.first_day <= NEW.last_day AND NEW.first_day <= other.last_day) BEGIN SELECT RAISE(ABORT, 'absence_overlaps_no_other'); END;
CREATE INDEX "escalations_absence_contact_id_cea2b2fa" ON "escalations_absence" ("contact_id");
CREATE INDEX "escalations_absence_stand_in_id_84fad565" ON "escalations_absence" ("stand_in_id");
CREATE INDEX "escalations_escalationcontactuse_contact_id_0ffa2c32" ON "escalations_escalationcontactuse" ("contact_id");
CREATE INDEX "escalations_escalationcontactuse_contact_point_id_787c3ced" ON "escalations_escalationcontactuse" ("contact_point_id");
CREATE UNIQUE INDEX "escalationlevel_is_unique_from_the_beginning" ON "escalations_escalationlevel" ("policy_id", "contact_id", "level") WHERE "valid_from" IS NULL;
CREATE TRIGGER escalationlevel_has_a_contact_once_INSERT AFTER INSERT ON "escalations_escalationlevel"
WHEN EXISTS (
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until) AND other.contact_id = NEW.contact_id) BEGIN SELECT RAISE(ABORT, 'escalationlevel_has_a_contact_once'); END;
CREATE TRIGGER escalationlevel_has_a_contact_once_UPDATE AFTER UPDATE ON "escalations_escalationlevel"
WHEN EXISTS (
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until) AND other.contact_id = NEW.contact_id) BEGIN SELECT RAISE(ABORT, 'escalationlevel_has_a_contact_once'); END;
CREATE TRIGGER escalationlevel_has_one_title_INSERT AFTER INSERT ON "escalations_escalationlevel"
WHEN NEW.title <> '' AND EXISTS (
                    
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until) AND other.title <> '' AND other.title <> NEW.title) BEGIN SELECT RAISE(ABORT, 'escalationlevel_has_one_title'); END;
CREATE TRIGGER escalationlevel_has_one_title_UPDATE AFTER UPDATE ON "escalations_escalationlevel"
WHEN NEW.title <> '' AND EXISTS (
                    
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until) AND other.title <> '' AND other.title <> NEW.title) BEGIN SELECT RAISE(ABORT, 'escalationlevel_has_one_title'); END;
CREATE TRIGGER escalationlevel_has_one_time_INSERT AFTER INSERT ON "escalations_escalationlevel"
WHEN EXISTS (
                    
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until)
                    AND other.escalate_after_minutes <> NEW.escalate_after_minutes) BEGIN SELECT RAISE(ABORT, 'escalationlevel_has_one_time'); END;
CREATE TRIGGER escalationlevel_has_one_time_UPDATE AFTER UPDATE ON "escalations_escalationlevel"
WHEN EXISTS (
                    
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until)
                    AND other.escalate_after_minutes <> NEW.escalate_after_minutes) BEGIN SELECT RAISE(ABORT, 'escalationlevel_has_one_time'); END;
CREATE TRIGGER escalationlevel_follows_the_one_before_INSERT AFTER INSERT ON "escalations_escalationlevel"
WHEN NEW.level > 1 AND NOT EXISTS (
                    SELECT 1 FROM escalations_escalationlevel other
                    WHERE other.policy_id = NEW.policy_id AND other.level = NEW.level - 1) BEGIN SELECT RAISE(ABORT, 'escalationlevel_follows_the_one_before'); END;
CREATE TRIGGER escalationlevel_follows_the_one_before_UPDATE AFTER UPDATE ON "escalations_escalationlevel"
WHEN NEW.level > 1 AND NOT EXISTS (
                    SELECT 1 FROM escalations_escalationlevel other
                    WHERE other.policy_id = NEW.policy_id AND other.level = NEW.level - 1) BEGIN SELECT RAISE(ABORT, 'escalationlevel_follows_the_one_before'); END;
CREATE INDEX "escalations_escalationlevel_contact_id_4032c77a" ON "escalations_escalationlevel" ("contact_id");
CREATE INDEX "escalations_escalationlevel_policy_id_fbe7426e" ON "escalations_escalationlevel" ("policy_id");
CREATE INDEX "escalations_escalationtime_policy_id_b7ec9ff6" ON "escalations_escalationtime" ("policy_id");
CREATE INDEX "escalations_escalationtime_request_type_id_aa19fd74" ON "escalations_escalationtime" ("request_type_id");
CREATE INDEX "otp_static_statictoken_token_d0a51866" ON "otp_static_statictoken" ("token");
CREATE INDEX "otp_static_statictoken_device_id_74b7c7d1" ON "otp_static_statictoken" ("device_id");
CREATE INDEX "otp_static_staticdevice_user_id_7f9cff2b" ON "otp_static_staticdevice" ("user_id");
CREATE INDEX "otp_totp_totpdevice_user_id_0fb18292" ON "otp_totp_totpdevice" ("user_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE TRIGGER directory_edition_append_only_update BEFORE UPDATE ON directory_edition
        WHEN ((OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document IS OLD.document AND NEW.document_digest IS OLD.document_digest AND NEW.search_text IS OLD.search_text AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.nonce IS OLD.nonce AND NEW.seal IS OLD.seal AND NEW.erased_at IS OLD.erased_at AND NEW.erasure_seal IS OLD.erasure_seal AND NEW.erased_by_id IS OLD.erased_by_id AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id) OR (NEW.withdrawn_at IS NULL AND OLD.erased_at IS NULL AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document IS OLD.document AND NEW.document_digest IS OLD.document_digest AND NEW.search_text IS OLD.search_text AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.nonce IS OLD.nonce AND NEW.seal IS OLD.seal AND NEW.erased_at IS OLD.erased_at AND NEW.erasure_seal IS OLD.erasure_seal AND NEW.erased_by_id IS OLD.erased_by_id AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id) OR (OLD.withdrawn_at IS NOT NULL AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.document = '' AND NEW.nonce = '' AND NEW.search_text = '' AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document_digest IS OLD.document_digest AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.seal IS OLD.seal AND NEW.withdrawn_at IS OLD.withdrawn_at AND NEW.withdrawn_reason IS OLD.withdrawn_reason AND NEW.withdrawal_seal IS OLD.withdrawal_seal AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id AND NEW.withdrawn_by_id IS OLD.withdrawn_by_id) OR (OLD.erased_at IS NULL AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document IS OLD.document AND NEW.document_digest IS OLD.document_digest AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.nonce IS OLD.nonce AND NEW.seal IS OLD.seal AND NEW.withdrawn_at IS OLD.withdrawn_at AND NEW.withdrawn_reason IS OLD.withdrawn_reason AND NEW.withdrawal_seal IS OLD.withdrawal_seal AND NEW.erased_at IS OLD.erased_at AND NEW.erasure_seal IS OLD.erasure_seal AND NEW.erased_by_id IS OLD.erased_by_id AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id AND NEW.withdrawn_by_id IS OLD.withdrawn_by_id)) IS NOT TRUE BEGIN SELECT RAISE(ABORT, 'directory_edition is append-only'); END;
CREATE TRIGGER directory_edition_append_only_delete BEFORE DELETE ON directory_edition
        BEGIN SELECT RAISE(ABORT, 'directory_edition is append-only'); END;
CREATE TRIGGER directory_edition_append_only_insert BEFORE INSERT ON directory_edition
        WHEN EXISTS (SELECT 1 FROM directory_edition OLD WHERE ((OLD.id = NEW.id) OR (OLD.digest = NEW.digest) OR (OLD.service_id = NEW.service_id AND OLD.number = NEW.number)) AND ((OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document IS OLD.document AND NEW.document_digest IS OLD.document_digest AND NEW.search_text IS OLD.search_text AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.nonce IS OLD.nonce AND NEW.seal IS OLD.seal AND NEW.erased_at IS OLD.erased_at AND NEW.erasure_seal IS OLD.erasure_seal AND NEW.erased_by_id IS OLD.erased_by_id AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id) OR (NEW.withdrawn_at IS NULL AND OLD.erased_at IS NULL AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document IS OLD.document AND NEW.document_digest IS OLD.document_digest AND NEW.search_text IS OLD.search_text AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.nonce IS OLD.nonce AND NEW.seal IS OLD.seal AND NEW.erased_at IS OLD.erased_at AND NEW.erasure_seal IS OLD.erasure_seal AND NEW.erased_by_id IS OLD.erased_by_id AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id) OR (OLD.withdrawn_at IS NOT NULL AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.document = '' AND NEW.nonce = '' AND NEW.search_text = '' AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document_digest IS OLD.document_digest AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.seal IS OLD.seal AND NEW.withdrawn_at IS OLD.withdrawn_at AND NEW.withdrawn_reason IS OLD.withdrawn_reason AND NEW.withdrawal_seal IS OLD.withdrawal_seal AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id AND NEW.withdrawn_by_id IS OLD.withdrawn_by_id) OR (OLD.erased_at IS NULL AND NEW.id IS OLD.id AND NEW.number IS OLD.number AND NEW.document IS OLD.document AND NEW.document_digest IS OLD.document_digest AND NEW.digest IS OLD.digest AND NEW.identity IS OLD.identity AND NEW.published_at IS OLD.published_at AND NEW.nonce IS OLD.nonce AND NEW.seal IS OLD.seal AND NEW.withdrawn_at IS OLD.withdrawn_at AND NEW.withdrawn_reason IS OLD.withdrawn_reason AND NEW.withdrawal_seal IS OLD.withdrawal_seal AND NEW.erased_at IS OLD.erased_at AND NEW.erasure_seal IS OLD.erasure_seal AND NEW.erased_by_id IS OLD.erased_by_id AND NEW.proposed_by_id IS OLD.proposed_by_id AND NEW.published_by_id IS OLD.published_by_id AND NEW.service_id IS OLD.service_id AND NEW.withdrawn_by_id IS OLD.withdrawn_by_id)) IS NOT TRUE)
        BEGIN SELECT RAISE(ABORT, 'directory_edition is append-only'); END;
CREATE TRIGGER directory_currentedition_append_only_update BEFORE UPDATE ON directory_currentedition
        WHEN ((NEW.number > OLD.number AND NEW.service_id IS OLD.service_id)) IS NOT TRUE BEGIN SELECT RAISE(ABORT, 'directory_currentedition is append-only'); END;
CREATE TRIGGER directory_currentedition_append_only_delete BEFORE DELETE ON directory_currentedition
        BEGIN SELECT RAISE(ABORT, 'directory_currentedition is append-only'); END;
CREATE TRIGGER directory_currentedition_append_only_insert BEFORE INSERT ON directory_currentedition
        WHEN EXISTS (SELECT 1 FROM directory_currentedition OLD WHERE ((OLD.service_id = NEW.service_id) OR (OLD.edition_id = NEW.edition_id)) AND ((NEW.number > OLD.number AND NEW.service_id IS OLD.service_id)) IS NOT TRUE)
        BEGIN SELECT RAISE(ABORT, 'directory_currentedition is append-only'); END;
CREATE TRIGGER directory_auditentry_append_only_update BEFORE UPDATE ON directory_auditentry
        WHEN (FALSE) IS NOT TRUE BEGIN SELECT RAISE(ABORT, 'directory_auditentry is append-only'); END;
CREATE TRIGGER directory_auditentry_append_only_delete BEFORE DELETE ON directory_auditentry
        BEGIN SELECT RAISE(ABORT, 'directory_auditentry is append-only'); END;
CREATE TRIGGER directory_auditentry_append_only_insert BEFORE INSERT ON directory_auditentry
        WHEN EXISTS (SELECT 1 FROM directory_auditentry OLD WHERE ((OLD.id = NEW.id)) AND (FALSE) IS NOT TRUE)
        BEGIN SELECT RAISE(ABORT, 'directory_auditentry is append-only'); END;
CREATE TRIGGER directory_checkpoint_append_only_update BEFORE UPDATE ON directory_checkpoint
        WHEN (FALSE) IS NOT TRUE BEGIN SELECT RAISE(ABORT, 'directory_checkpoint is append-only'); END;
CREATE TRIGGER directory_checkpoint_append_only_delete BEFORE DELETE ON directory_checkpoint
        BEGIN SELECT RAISE(ABORT, 'directory_checkpoint is append-only'); END;
CREATE TRIGGER directory_checkpoint_append_only_insert BEFORE INSERT ON directory_checkpoint
        WHEN EXISTS (SELECT 1 FROM directory_checkpoint OLD WHERE ((OLD.id = NEW.id) OR (OLD.number = NEW.number)) AND (FALSE) IS NOT TRUE)
        BEGIN SELECT RAISE(ABORT, 'directory_checkpoint is append-only'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',26);
INSERT INTO "sqlite_sequence" VALUES('django_admin_log',1);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',48);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',132);
INSERT INTO "sqlite_sequence" VALUES('auth_group',5);
INSERT INTO "sqlite_sequence" VALUES('auth_user',1);
INSERT INTO "sqlite_sequence" VALUES('directory_contactpoint',5);
INSERT INTO "sqlite_sequence" VALUES('directory_channelcontact',4);
INSERT INTO "sqlite_sequence" VALUES('directory_service',1);
INSERT INTO "sqlite_sequence" VALUES('directory_contactreport',0);
INSERT INTO "sqlite_sequence" VALUES('directory_edition',2);
INSERT INTO "sqlite_sequence" VALUES('directory_factorrecovery',0);
INSERT INTO "sqlite_sequence" VALUES('directory_findingacceptance',0);
INSERT INTO "sqlite_sequence" VALUES('directory_notice',1);
INSERT INTO "sqlite_sequence" VALUES('directory_responsetarget',1);
INSERT INTO "sqlite_sequence" VALUES('directory_revision',1);
INSERT INTO "sqlite_sequence" VALUES('directory_revisedrow',1);
INSERT INTO "sqlite_sequence" VALUES('directory_proposal',0);
INSERT INTO "sqlite_sequence" VALUES('directory_channel',3);
INSERT INTO "sqlite_sequence" VALUES('directory_scheduleexception',4);
INSERT INTO "sqlite_sequence" VALUES('directory_exceptionspan',1);
INSERT INTO "sqlite_sequence" VALUES('directory_subscription',0);
INSERT INTO "sqlite_sequence" VALUES('directory_timespan',7);
INSERT INTO "sqlite_sequence" VALUES('directory_trycount',0);
INSERT INTO "sqlite_sequence" VALUES('directory_withheldtext',0);
INSERT INTO "sqlite_sequence" VALUES('escalations_escalationcontact',2);
INSERT INTO "sqlite_sequence" VALUES('escalations_absence',1);
INSERT INTO "sqlite_sequence" VALUES('escalations_escalationcontactuse',2);
INSERT INTO "sqlite_sequence" VALUES('escalations_escalationpolicy',1);
INSERT INTO "sqlite_sequence" VALUES('escalations_escalationlevel',2);
INSERT INTO "sqlite_sequence" VALUES('escalations_escalationtime',1);
INSERT INTO "sqlite_sequence" VALUES('otp_static_staticdevice',0);
INSERT INTO "sqlite_sequence" VALUES('otp_totp_totpdevice',0);
INSERT INTO "sqlite_sequence" VALUES('auth_group_permissions',214);
INSERT INTO "sqlite_sequence" VALUES('directory_requesttype',2);
INSERT INTO "sqlite_sequence" VALUES('directory_schedule',1);
INSERT INTO "sqlite_sequence" VALUES('directory_scheduleexception_schedules',3);
INSERT INTO "sqlite_sequence" VALUES('directory_formerslug',1);
INSERT INTO "sqlite_sequence" VALUES('directory_channel_request_types',3);
INSERT INTO "sqlite_sequence" VALUES('escalations_absencecontact',1);
INSERT INTO "sqlite_sequence" VALUES('directory_auditentry',19);
INSERT INTO "sqlite_sequence" VALUES('directory_checkrun',1);
INSERT INTO "sqlite_sequence" VALUES('directory_finding',6);
INSERT INTO "sqlite_sequence" VALUES('directory_findingrow',12);
INSERT INTO "sqlite_sequence" VALUES('directory_revision_entries',1);
COMMIT;
