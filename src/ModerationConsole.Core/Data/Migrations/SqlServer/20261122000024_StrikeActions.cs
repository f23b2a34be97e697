using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class StrikeActions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Automatic",
                table: "strike_threshold",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "AcknowledgedAt",
                table: "escalation",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AcknowledgedBy",
                table: "escalation",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "strike_order",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TypeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AccountId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Count = table.Column<int>(type: "int", nullable: false),
                    ActionId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    EnforcementId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OrderedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_strike_order", x => x.Id);
                    table.ForeignKey(
                        name: "FK_strike_order_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_strike_order_AccountId_TypeId_EndedAt",
                table: "strike_order",
                columns: new[] { "AccountId", "TypeId", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_strike_order_CaseNumber",
                table: "strike_order",
                column: "CaseNumber");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "strike_order");

            migrationBuilder.DropColumn(
                name: "Automatic",
                table: "strike_threshold");

            migrationBuilder.DropColumn(
                name: "AcknowledgedAt",
                table: "escalation");

            migrationBuilder.DropColumn(
                name: "AcknowledgedBy",
                table: "escalation");
        }
    }
}
