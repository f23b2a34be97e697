using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>Contexts over a console's database that count what is asked and what comes back.</summary>
internal sealed class CountedContexts(string directory) : DbCommandInterceptor, IDbContextFactory<ConsoleDbContext>
{
    public int Commands { get; private set; }

    public int Rows { get; private set; }

    public void Reset() => (Commands, Rows) = (0, 0);

    public ConsoleDbContext CreateDbContext() => new SqliteConsoleContext(
        new DbContextOptionsBuilder<SqliteConsoleContext>().UseSqlite($"Data Source={Path.Combine(directory, "console.db")}").AddInterceptors(this).Options);

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        Commands++;
        Rows += eventData.ReadCount;
        return base.DataReaderClosingAsync(command, eventData, result);
    }
}
