using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace ModerationConsole.Core.Data;

/// <summary>Tells a server that is not there, or not yet, from one that answers and refuses.</summary>
internal static class Unreachable
{
    // Of SQL Server: no connection, time-out, and a database that is not up yet.
    private static readonly int[] s_serverNumbers = [-2, -1, 2, 53, 233, 4060, 10053, 10054, 10060, 10061, 11001, 17142, 18401];

    public static bool Is(Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections,
        NpgsqlException => true,
        SqlException server => Array.IndexOf(s_serverNumbers, server.Number) >= 0,
        SocketException or TimeoutException => true,
        DbException => false,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
