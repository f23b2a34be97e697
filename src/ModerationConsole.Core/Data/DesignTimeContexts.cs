using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ModerationConsole.Core.Data;

/// <summary>Lets the migration tool make a context of each provider without a server.</summary>
public sealed class DesignTimeContexts :
    IDesignTimeDbContextFactory<SqliteConsoleContext>,
    IDesignTimeDbContextFactory<SqlServerConsoleContext>,
    IDesignTimeDbContextFactory<PostgresConsoleContext>
{
    SqliteConsoleContext IDesignTimeDbContextFactory<SqliteConsoleContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteConsoleContext>().UseSqlite("Data Source=design.db").Options);

    SqlServerConsoleContext IDesignTimeDbContextFactory<SqlServerConsoleContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerConsoleContext>().UseSqlServer("Server=design;Database=design").Options);

    PostgresConsoleContext IDesignTimeDbContextFactory<PostgresConsoleContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresConsoleContext>().UseNpgsql("Host=design;Database=design").Options);
}
