using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ModerationConsole.Core.Data.Migrations.Postgres;

/// <summary>The database itself refuses to change or delete what is append-only.</summary>
[DbContext(typeof(PostgresConsoleContext))]
[Migration("20261122000001_AppendOnlyTriggers")]
public sealed class AppendOnlyTriggers : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (string statement in AppendOnlySql.CreatePostgres(AppendOnlySql.FirstTables).Prepend(AppendOnlySql.CreatePostgresFunction))
        {
            migrationBuilder.Sql(statement);
        }
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (string statement in AppendOnlySql.DropPostgres(AppendOnlySql.FirstTables).Append(AppendOnlySql.DropPostgresFunction))
        {
            migrationBuilder.Sql(statement);
        }
    }
}
