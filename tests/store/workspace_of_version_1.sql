BEGIN TRANSACTION;
CREATE TABLE builds (
	state VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	summary JSON NOT NULL, 
	PRIMARY KEY (state)
);
CREATE TABLE convergences (
	link_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	left_id VARCHAR NOT NULL, 
	right_id VARCHAR NOT NULL, 
	left_ask INTEGER NOT NULL, 
	right_ask INTEGER NOT NULL, 
	relation VARCHAR NOT NULL, 
	reiteration BOOLEAN NOT NULL, 
	probability FLOAT NOT NULL, 
	probability_related FLOAT NOT NULL, 
	band VARCHAR NOT NULL, 
	PRIMARY KEY (link_id)
);
CREATE TABLE decisions (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	link_id VARCHAR NOT NULL, 
	verdict VARCHAR NOT NULL, 
	reviewer VARCHAR NOT NULL, 
	note TEXT NOT NULL, 
	at VARCHAR NOT NULL, 
	link JSON NOT NULL
);
INSERT INTO "decisions" VALUES(1,'C-000000000001','accept','Ada','','2026-03-04T09:01:00+00:00','{"left_id": "CRC/C/XVM/CO/3#12", "probability": "0.9100", "relation": "convergence", "right_id": "A/HRC/41/XVM#1.1"}');
INSERT INTO "decisions" VALUES(2,'C-000000000001','reject','Grace','another article','2026-03-04T09:02:00+00:00','{"left_id": "CRC/C/XVM/CO/3#12", "probability": "0.9100", "relation": "convergence", "right_id": "A/HRC/41/XVM#1.1"}');
INSERT INTO "decisions" VALUES(3,'C-000000000001','accept','Lead','adjudication: same duty','2026-03-04T09:03:00+00:00','{"left_id": "CRC/C/XVM/CO/3#12", "probability": "0.9100", "relation": "convergence", "right_id": "A/HRC/41/XVM#1.1"}');
INSERT INTO "decisions" VALUES(4,'C-000000000002','accept','Ada','accepted together with 1 others [batch 0a1b2c3d]','2026-03-04T09:04:00+00:00','{"left_id": "CRC/C/XVM/CO/3#12", "probability": "0.9100", "relation": "convergence", "right_id": "A/HRC/41/XVM#1.1"}');
INSERT INTO "decisions" VALUES(5,'C-000000000003','accept','Ada','accepted together with 1 others [batch 0a1b2c3d]','2026-03-04T09:05:00+00:00','{"left_id": "CRC/C/XVM/CO/3#12", "probability": "0.9100", "relation": "convergence", "right_id": "A/HRC/41/XVM#1.1"}');
INSERT INTO "decisions" VALUES(6,'C-000000000002','undo','Ada','','2026-03-04T09:06:00+00:00','{"left_id": "CRC/C/XVM/CO/3#12", "probability": "0.9100", "relation": "convergence", "right_id": "A/HRC/41/XVM#1.1"}');
INSERT INTO "decisions" VALUES(7,'T-0000000001','rename','Ada','','2026-03-04T09:07:00+00:00','{"label": "Clinics", "state": "XVM"}');
INSERT INTO "decisions" VALUES(8,'T-0000000001','undo','Ada','','2026-03-04T09:08:00+00:00','{"state": "XVM", "undoes": "7"}');
INSERT INTO "decisions" VALUES(9,'T-0000000001','rename','Grace','shorter','2026-03-04T09:09:00+00:00','{"label": "Health", "state": "XVM"}');
INSERT INTO "decisions" VALUES(10,'S-000000000001','unsure','Ada','is it?','2026-03-04T09:10:00+00:00','{"record_id": "A/HRC/41/XVM#1.1", "target": "3.8", "indicator": "", "probability": "0.5000"}');
INSERT INTO "decisions" VALUES(11,'C-000000000004','accept','Ada','','2026-03-04T09:11:00+00:00','{"left_id": "CRC/C/XVM/CO/3#12", "probability": "0.9100", "relation": "convergence", "right_id": "A/HRC/41/XVM#1.1", "origin": "by hand"}');
CREATE TABLE exemplars (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	text TEXT NOT NULL, 
	target VARCHAR NOT NULL, 
	accepted BOOLEAN NOT NULL, 
	source VARCHAR NOT NULL
);
CREATE TABLE imports (
	seq INTEGER NOT NULL, 
	file VARCHAR NOT NULL, 
	format VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	summary JSON NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "imports" VALUES(1,'list.csv','table (CSV, XLSX)','2026-03-01T08:00:00+00:00','{"rows": 2, "kept": 2, "new": 2, "changed": 0, "repaired": 0, "refused": 0, "notes": []}');
CREATE TABLE labels (
	record_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	labels JSON NOT NULL, 
	PRIMARY KEY (record_id, state)
);
CREATE TABLE measures (
	id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	responsible TEXT NOT NULL, 
	deadline VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
CREATE TABLE plan_changes (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	record_id VARCHAR NOT NULL, 
	field VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	reviewer VARCHAR NOT NULL, 
	at VARCHAR NOT NULL
);
INSERT INTO "plan_changes" VALUES(1,'A/HRC/41/XVM#1.1','status','in progress','Ada','2026-03-05T09:00:00+00:00');
CREATE TABLE records (
	id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	mechanism VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	year INTEGER, 
	text TEXT NOT NULL, 
	record JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "records" VALUES('A/HRC/41/XVM#1.1','XVM','UPR','UPR',2024,'Build more clinics in the hills','{"id": "A/HRC/41/XVM#1.1", "text": "Build more clinics in the hills", "state": "XVM", "mechanism": "UPR", "body": "UPR", "symbol": "A/HRC/41/XVM", "paragraph": "1.1", "date": "", "year": 2024, "cycle": "4", "session": "47", "themes": ["Health"], "groups": [], "sdgs": [], "recommending_states": ["NOR"], "position": "supported", "language": "", "source_url": "", "kind": "recommendation", "heading": "", "extra": {"position_source": "A/HRC/41/XVM/Add.1", "Colour": "red"}, "sources": ["list.csv"]}');
INSERT INTO "records" VALUES('CRC/C/XVM/CO/3#12','XVM','TB','CRC',2024,'The Committee urges the State party to build clinics','{"id": "CRC/C/XVM/CO/3#12", "text": "The Committee urges the State party to build clinics", "state": "XVM", "mechanism": "TB", "body": "CRC", "symbol": "CRC/C/XVM/CO/3", "paragraph": "12", "date": "", "year": 2024, "cycle": "", "session": "", "themes": ["Health"], "groups": [], "sdgs": [], "recommending_states": [], "position": "", "language": "", "source_url": "", "kind": "recommendation", "heading": "", "extra": {}, "sources": ["list.csv"]}');
CREATE TABLE scored (
	state VARCHAR NOT NULL, 
	pairs BLOB NOT NULL, 
	PRIMARY KEY (state)
);
CREATE TABLE sdg_links (
	link_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	record_id VARCHAR NOT NULL, 
	ask INTEGER NOT NULL, 
	target VARCHAR NOT NULL, 
	indicator VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	probability FLOAT NOT NULL, 
	band VARCHAR NOT NULL, 
	PRIMARY KEY (link_id)
);
CREATE TABLE themes (
	theme_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	theme JSON NOT NULL, 
	PRIMARY KEY (theme_id)
);
CREATE INDEX ix_records_state ON records (state);
CREATE INDEX convergences_by_probability ON convergences (state, probability);
CREATE INDEX ix_convergences_left_id ON convergences (left_id);
CREATE INDEX ix_convergences_right_id ON convergences (right_id);
CREATE INDEX sdg_links_by_probability ON sdg_links (state, probability);
CREATE INDEX ix_sdg_links_record_id ON sdg_links (record_id);
CREATE INDEX ix_themes_state ON themes (state);
CREATE INDEX ix_labels_state ON labels (state);
CREATE INDEX ix_decisions_link_id ON decisions (link_id);
CREATE INDEX ix_plan_changes_record_id ON plan_changes (record_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('decisions',11);
INSERT INTO "sqlite_sequence" VALUES('plan_changes',1);
COMMIT;
