using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ModerationConsole.Core.Data.Migrations.Sqlite;

/// <summary>The database itself refuses to change or delete what is append-only.</summary>
[DbContext(typeof(SqliteConsoleContext))]
[Migration("20261122000001_AppendOnlyTriggers")]
public sealed class AppendOnlyTriggers : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (string statement in AppendOnlySql.CreateSqlite(AppendOnlySql.FirstTables))
        {
            migrationBuilder.Sql(statement);
        }
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (string statement in AppendOnlySql.DropSqlite(AppendOnlySql.FirstTables))
        {
            migrationBuilder.Sql(statement);
        }
    }
}
