package dev.longshore.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.sqlite.SQLiteConfig;

/**
 * The changes of an {@link EmbeddedStore} on disk: one SQLite file with a row for each, synced to the disk at every
 * commit. A row carries a checksum, because SQLite itself does not notice a flipped bit in a value. Used by one thread
 * at a time.
 */
final class RevisionLog implements AutoCloseable {
    /** Grows with every change of the tables. */
    static final int SCHEMA_VERSION = 1;
    /** "LgSh": tells this file from other SQLite files. */
    static final int APPLICATION_ID = 0x4c675368;
    static final String FILE = "store.db";
    private static final int JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024;

    private final Path directory;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement remove;

    private RevisionLog(Path directory, Connection connection) throws SQLException {
        this.directory = directory;
        this.connection = connection;
        this.insert = connection.prepareStatement("insert into changes"
                + " (revision, key, value, create_revision, lease, checksum) values (?, ?, ?, ?, ?, ?)");
        this.remove = connection.prepareStatement("delete from changes where revision = ? and key = ?");
    }

    /** One change as it is stored; {@code value} is absent for a deletion; {@code lease} is 0 for none. */
    record Row(Change change, long lease) {}

    /** Receives what is on disk when it is opened. */
    interface Loader {
        /** First: where the history begins, and a revision that was reached. */
        void history(long compacted, long revision);

        void lease(long id, Duration timeToLive);

        /** Each change in order; {@code value} is empty for a deletion. */
        void change(String key, Optional<StoredValue> value, long revision, long lease);
    }

    /** Opens the file, creating it if there is none, and refuses what it does not know to read. */
    static RevisionLog open(Path directory) throws DataDirectoryException {
        try {
            Connection connection = configuration().createConnection("jdbc:sqlite:" + directory.resolve(FILE));
            try {
                prepare(directory, connection);
                return new RevisionLog(directory, connection);
            } catch (SQLException | DataDirectoryException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw damaged(directory, e);
        }
    }

    private static SQLiteConfig configuration() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(JOURNAL_LIMIT_BYTES);
        return config;
    }

    private static void prepare(Path directory, Connection connection) throws SQLException, DataDirectoryException {
        long version = number(connection, "pragma user_version");
        long application = number(connection, "pragma application_id");
        boolean fresh = number(connection, "select count(*) from sqlite_master") == 0;
        if (!fresh && application != APPLICATION_ID) {
            throw new DataDirectoryException(directory, "holds " + FILE + " of another program");
        }
        if (!fresh && version != SCHEMA_VERSION) {
            throw new DataDirectoryException(directory, "has version " + version
                    + " of the store's format, this program reads version " + SCHEMA_VERSION);
        }
        connection.setAutoCommit(false);
        if (fresh) {
            create(connection);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table changes (id integer primary key, revision integer not null,"
                    + " key text not null, value blob, create_revision integer not null, lease integer not null,"
                    + " checksum integer not null)");
            statement.executeUpdate("create index changes_by_revision on changes (revision)");
            statement.executeUpdate("create table history (compacted integer not null, revision integer not null)");
            statement.executeUpdate("insert into history values (0, 0)");
            statement.executeUpdate("create table leases (id integer primary key autoincrement,"
                    + " time_to_live_millis integer not null)");
            statement.executeUpdate("pragma application_id = " + APPLICATION_ID);
            statement.executeUpdate("pragma user_version = " + SCHEMA_VERSION);
        }
        connection.commit();
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private static DataDirectoryException damaged(Path directory, SQLException cause) {
        return new DataDirectoryException(directory, "is damaged or not readable: " + FILE + ": " + cause.getMessage(),
                cause);
    }

    /** Reads everything, checking each row. */
    void load(Loader loader) throws DataDirectoryException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet history = statement.executeQuery("select compacted, revision from history")) {
                if (!history.next()) {
                    throw new DataDirectoryException(directory, "is damaged: " + FILE + " has no history row");
                }
                loader.history(history.getLong(1), history.getLong(2));
            }
            try (ResultSet leases = statement.executeQuery("select id, time_to_live_millis from leases order by id")) {
                while (leases.next()) {
                    loader.lease(leases.getLong(1), Duration.ofMillis(leases.getLong(2)));
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "select revision, key, value, create_revision, lease, checksum from changes order by id")) {
                loadChanges(rows, loader);
            }
            connection.commit();
        } catch (SQLException e) {
            throw damaged(directory, e);
        }
    }

    private void loadChanges(ResultSet rows, Loader loader) throws SQLException, DataDirectoryException {
        long last = 0;
        while (rows.next()) {
            long revision = rows.getLong(1);
            String key = rows.getString(2);
            byte[] value = rows.getBytes(3);
            long created = rows.getLong(4);
            long lease = rows.getLong(5);
            boolean deletion = value == null;
            byte[] content = deletion ? new byte[0] : value;
            if (rows.getLong(6) != checksum(revision, key, content, created, lease) || revision < last) {
                throw new DataDirectoryException(directory, "is damaged: " + FILE + " has a wrong checksum or order at"
                        + " revision " + revision + " of key " + key);
            }
            last = revision;
            loader.change(key, deletion
                    ? Optional.empty()
                    : Optional.of(new StoredValue(key, content, created, revision)), revision, lease);
        }
    }

    private static long checksum(long revision, String key, byte[] value, long created, long lease) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(3 * Long.BYTES).putLong(revision).putLong(created).putLong(lease).flip());
        checksum.update(key.getBytes(UTF_8));
        checksum.update(value);
        return checksum.getValue();
    }

    /** Adds changes, and ends a lease if one is named; durable when it returns. */
    void append(List<Row> rows, OptionalLong endedLease) throws SQLException {
        transact(() -> {
            for (Row row : rows) {
                insert(row);
            }
            insert.executeBatch();
            if (endedLease.isPresent()) {
                execute("delete from leases where id = " + endedLease.getAsLong());
            }
        });
    }

    private void insert(Row row) throws SQLException {
        StoreEvent event = row.change().event();
        boolean deletion = event.after().isEmpty();
        byte[] value = event.after().map(StoredValue::value).orElse(new byte[0]);
        long created = event.after().map(StoredValue::createRevision).orElse(0L);
        insert.setLong(1, event.revision());
        insert.setString(2, event.key());
        insert.setBytes(3, deletion ? null : value);
        insert.setLong(4, created);
        insert.setLong(5, row.lease());
        insert.setLong(6, checksum(event.revision(), event.key(), value, created, row.lease()));
        insert.addBatch();
    }

    /** The revision up to which changes are in the file. */
    long newestRevision() throws SQLException {
        long newest = number(connection,
                "select max((select revision from history), coalesce((select max(revision) from changes), 0))");
        connection.commit();
        return newest;
    }

    /** Keeps a lease and returns its id, which no other lease had before. */
    long addLease(Duration timeToLive) throws SQLException {
        long[] id = new long[1];
        transact(() -> {
            execute("insert into leases (time_to_live_millis) values (" + timeToLive.toMillis() + ")");
            id[0] = number(connection, "select last_insert_rowid()");
        });
        return id[0];
    }

    /** Notes that the history begins anew. Rows that are not needed any more go by {@link #forget}. */
    void compact(long compacted, long revision) throws SQLException {
        transact(() -> execute("update history set compacted = " + compacted + ", revision = " + revision));
    }

    /**
     * Removes the rows that forgotten changes made superfluous: what each replaced, and deletions themselves. The order
     * matters if the process dies between two calls: a deletion must not go before what it deleted.
     */
    void forget(List<Change> changes) throws SQLException {
        transact(() -> {
            for (Change change : changes) {
                if (change.before().isPresent()) {
                    remove(change.before().get().modRevision(), change.key());
                }
                if (change.event().after().isEmpty()) {
                    remove(change.revision(), change.key());
                }
            }
            remove.executeBatch();
        });
    }

    private void remove(long revision, String key) throws SQLException {
        remove.setLong(1, revision);
        remove.setString(2, key);
        remove.addBatch();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void transact(Work work) throws SQLException {
        try {
            work.run();
            connection.commit();
        } catch (SQLException e) {
            insert.clearBatch();
            remove.clearBatch();
            connection.rollback();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
