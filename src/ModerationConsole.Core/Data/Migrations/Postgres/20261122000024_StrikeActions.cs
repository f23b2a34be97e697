using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "AcknowledgedAt",
                table: "escalation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AcknowledgedBy",
                table: "escalation",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "strike_order",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TypeId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AccountId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    ActionId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    EnforcementId = table.Column<Guid>(type: "uuid", nullable: true),
                    OrderedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
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
