using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ErasedAt",
                table: "decision",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ContentErasedAt",
                table: "case",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "erasure",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ActorTypeId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    Left = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erasure", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hidden_case",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hidden_case", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "legal_hold",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CaseNumber = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorTypeId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    PlacedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlacedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LiftedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    LiftedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_legal_hold", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "media_removal",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_media_removal", x => x.Sha256);
                });

            migrationBuilder.CreateTable(
                name: "retention_opening",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention_opening", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "retention_period",
                columns: table => new
                {
                    Class = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention_period", x => x.Class);
                });

            migrationBuilder.CreateTable(
                name: "retention_run",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Counts = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    BrokeAt = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention_run", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "retention_turn",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RunId = table.Column<Guid>(type: "TEXT", nullable: true),
                    HeldUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention_turn", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_erasure_DoneAt",
                table: "erasure",
                column: "DoneAt");

            migrationBuilder.CreateIndex(
                name: "IX_legal_hold_LiftedAt_CaseNumber",
                table: "legal_hold",
                columns: new[] { "LiftedAt", "CaseNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_retention_run_StartedAt",
                table: "retention_run",
                column: "StartedAt");

            foreach (string statement in AppendOnlySql.OpenSqlite(AppendOnlySql.RetainedTables))
            {
                migrationBuilder.Sql(statement);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (string statement in AppendOnlySql.CloseSqlite(AppendOnlySql.RetainedTables))
            {
                migrationBuilder.Sql(statement);
            }

            migrationBuilder.DropTable(
                name: "erasure");

            migrationBuilder.DropTable(
                name: "hidden_case");

            migrationBuilder.DropTable(
                name: "legal_hold");

            migrationBuilder.DropTable(
                name: "media_removal");

            migrationBuilder.DropTable(
                name: "retention_opening");

            migrationBuilder.DropTable(
                name: "retention_period");

            migrationBuilder.DropTable(
                name: "retention_run");

            migrationBuilder.DropTable(
                name: "retention_turn");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "decision");

            migrationBuilder.DropColumn(
                name: "ContentErasedAt",
                table: "case");
        }
    }
}
