using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Cmms.Domain.Persistence;

/// <summary>
/// Keeps the connections of pooled contexts open between leases, and their statements prepared: opening a connection and preparing its few
/// statements again costs a small request more than running them. A statement at rest holds no lock and no snapshot.
/// </summary>
internal sealed class SqliteStatements : DbCommandInterceptor
{
    /// <summary>Contexts beyond these, in a burst, open and close as usual.</summary>
    private const int MostConnections = 32;

    private static readonly ConditionalWeakTable<DbConnection, Statements> s_kept = [];
    private readonly ConcurrentDictionary<SqliteConnection, Statements> _open = new();

    /// <summary>Opens a context's connection for good, unless it is open or there are many already.</summary>
    public void Keep(DatabaseFacade database)
    {
        if (database.GetDbConnection() is not SqliteConnection { State: not ConnectionState.Open } sqlite || _open.Count >= MostConnections) return;
        // No longer the context's, which would close it at the end of the lease.
        database.SetDbConnection(null);
        database.SetDbConnection(sqlite, contextOwnsConnection: false);
        sqlite.Open();
        SqliteConnections.Prepare(sqlite);
        var statements = new Statements(sqlite);
        s_kept.AddOrUpdate(sqlite, statements);
        _open[sqlite] = statements;
        sqlite.StateChange += Forget;
    }

    /// <summary>When the database is put away.</summary>
    public void Close()
    {
        foreach (var connection in _open.Keys) connection.Close();
    }

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        eventData.CommandSource is CommandSource.LinqQuery or CommandSource.SaveChanges && s_kept.TryGetValue(result.Connection!, out var statements)
            ? statements.Swap((SqliteCommand)result) : result;

    /// <summary>A prepared command of this text, for whoever disposes it when done; null where the connection keeps none.</summary>
    public static DbCommand? Find(DbConnection connection, string text) => s_kept.TryGetValue(connection, out var statements) ? statements.Take(text) : null;

    private void Forget(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState is not ConnectionState.Closed) return;
        var connection = (SqliteConnection)sender;
        connection.StateChange -= Forget;
        s_kept.Remove(connection);
        if (_open.TryRemove(connection, out var statements)) statements.Clear();
    }

    /// <summary>The prepared statements of one connection, which one thread uses at a time.</summary>
    private sealed class Statements(SqliteConnection connection)
    {
        private const int Most = 150;
        private readonly Dictionary<string, LinkedListNode<Kept>> _idle = new(StringComparer.Ordinal);
        private readonly LinkedList<Kept> _byUse = [];

        public Kept Swap(SqliteCommand made)
        {
            var kept = Take(made.CommandText);
            (kept.Transaction, kept.CommandTimeout) = (made.Transaction, made.CommandTimeout);
            var parameters = made.Parameters;
            for (var i = 0; i < parameters.Count; i++) kept.Parameters.Add(parameters[i]);
            made.Dispose();
            return kept;
        }

        public Kept Take(string text)
        {
            if (!_idle.Remove(text, out var node)) return new Kept(this, text, connection);
            _byUse.Remove(node);
            return node.Value;
        }

        public void Return(Kept command)
        {
            if (connection.State is not ConnectionState.Open || _idle.ContainsKey(command.CommandText))
            {
                command.End();
                return;
            }
            command.Parameters.Clear();
            command.Transaction = null;
            _idle[command.CommandText] = _byUse.AddLast(command);
            if (_idle.Count <= Most) return;
            var oldest = _byUse.First!.Value;
            _byUse.RemoveFirst();
            _idle.Remove(oldest.CommandText);
            oldest.End();
        }

        public void Clear()
        {
            foreach (var command in _byUse) command.End();
            _byUse.Clear();
            _idle.Clear();
        }
    }

    /// <summary>Disposed, it goes back to its connection.</summary>
    private sealed class Kept(Statements owner, string text, SqliteConnection connection) : SqliteCommand(text, connection)
    {
        private bool _ended;

        public void End()
        {
            _ended = true;
            Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_ended) owner.Return(this);
            else base.Dispose(disposing);
        }
    }
}
