using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Actors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "muted_report",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ReporterTypeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ReporterId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ItemTypeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ItemId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PolicyId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Reason = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: true),
                    ReportedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_muted_report", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "muted_reporter",
                columns: table => new
                {
                    TypeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AccountId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Reason = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    MutedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    MutedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_muted_reporter", x => new { x.TypeId, x.AccountId });
                });

            migrationBuilder.CreateTable(
                name: "strike_rule",
                columns: table => new
                {
                    Severity = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Count = table.Column<int>(type: "int", nullable: false),
                    ExpiryDays = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_strike_rule", x => x.Severity);
                });

            migrationBuilder.CreateTable(
                name: "strike_threshold",
                columns: table => new
                {
                    Count = table.Column<int>(type: "int", nullable: false),
                    ActionId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_strike_threshold", x => x.Count);
                    table.ForeignKey(
                        name: "FK_strike_threshold_action_definition_ActionId",
                        column: x => x.ActionId,
                        principalTable: "action_definition",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_muted_report_ReceivedAt",
                table: "muted_report",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_muted_report_ReporterId_ReporterTypeId_ReceivedAt",
                table: "muted_report",
                columns: new[] { "ReporterId", "ReporterTypeId", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_strike_threshold_ActionId",
                table: "strike_threshold",
                column: "ActionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "muted_report");

            migrationBuilder.DropTable(
                name: "muted_reporter");

            migrationBuilder.DropTable(
                name: "strike_rule");

            migrationBuilder.DropTable(
                name: "strike_threshold");
        }
    }
}
