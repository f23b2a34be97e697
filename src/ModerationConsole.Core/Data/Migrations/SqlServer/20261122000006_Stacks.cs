using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Stacks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_active_lease_PersonId_Slot",
                table: "active_lease");

            migrationBuilder.AddColumn<string>(
                name: "Pdq",
                table: "media_object",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PdqQuality",
                table: "media_object",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TextHash",
                table: "item_version",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TextKey",
                table: "item_version",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Alike",
                table: "active_lease",
                type: "nvarchar(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "StackOf",
                table: "active_lease",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "StackPlace",
                table: "active_lease",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "stacked_decision",
                columns: table => new
                {
                    DecisionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StackId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Place = table.Column<int>(type: "int", nullable: false),
                    Alike = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true),
                    DeciderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stacked_decision", x => x.DecisionId);
                    table.ForeignKey(
                        name: "FK_stacked_decision_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_stacked_decision_moderator_DeciderId",
                        column: x => x.DeciderId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_active_lease_PersonId_Slot_StackPlace",
                table: "active_lease",
                columns: new[] { "PersonId", "Slot", "StackPlace" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_active_lease_StackOf",
                table: "active_lease",
                column: "StackOf");

            migrationBuilder.CreateIndex(
                name: "IX_stacked_decision_DeciderId",
                table: "stacked_decision",
                column: "DeciderId");

            migrationBuilder.CreateIndex(
                name: "IX_stacked_decision_StackId_Place",
                table: "stacked_decision",
                columns: new[] { "StackId", "Place" },
                unique: true);

            foreach (string statement in AppendOnlySql.CreateSqlServer(AppendOnlySql.StackTables))
            {
                migrationBuilder.Sql(statement);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (string statement in AppendOnlySql.DropSqlServer(AppendOnlySql.StackTables))
            {
                migrationBuilder.Sql(statement);
            }

            migrationBuilder.DropTable(
                name: "stacked_decision");

            migrationBuilder.DropIndex(
                name: "IX_active_lease_PersonId_Slot_StackPlace",
                table: "active_lease");

            migrationBuilder.DropIndex(
                name: "IX_active_lease_StackOf",
                table: "active_lease");

            migrationBuilder.DropColumn(
                name: "Pdq",
                table: "media_object");

            migrationBuilder.DropColumn(
                name: "PdqQuality",
                table: "media_object");

            migrationBuilder.DropColumn(
                name: "TextHash",
                table: "item_version");

            migrationBuilder.DropColumn(
                name: "TextKey",
                table: "item_version");

            migrationBuilder.DropColumn(
                name: "Alike",
                table: "active_lease");

            migrationBuilder.DropColumn(
                name: "StackOf",
                table: "active_lease");

            migrationBuilder.DropColumn(
                name: "StackPlace",
                table: "active_lease");

            migrationBuilder.CreateIndex(
                name: "IX_active_lease_PersonId_Slot",
                table: "active_lease",
                columns: new[] { "PersonId", "Slot" },
                unique: true);
        }
    }
}
