using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ModerationConsole.Core.Data.Migrations.SqlServer;

/// <summary>The database itself refuses to change or delete what is append-only.</summary>
[DbContext(typeof(SqlServerConsoleContext))]
[Migration("20261122000001_AppendOnlyTriggers")]
public sealed class AppendOnlyTriggers : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (string statement in AppendOnlySql.CreateSqlServer(AppendOnlySql.FirstTables))
        {
            migrationBuilder.Sql(statement);
        }
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (string statement in AppendOnlySql.DropSqlServer(AppendOnlySql.FirstTables))
        {
            migrationBuilder.Sql(statement);
        }
    }
}
