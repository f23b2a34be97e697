using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Comments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_report_ReporterId",
                table: "report");

            migrationBuilder.CreateTable(
                name: "case_comment",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CaseNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_comment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_case_comment_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_case_comment_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_report_ReporterId_ReporterTypeId_ReceivedAt",
                table: "report",
                columns: new[] { "ReporterId", "ReporterTypeId", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_item_version_ContentHash",
                table: "item_version",
                column: "ContentHash");

            migrationBuilder.CreateIndex(
                name: "IX_case_comment_CaseNumber_At",
                table: "case_comment",
                columns: new[] { "CaseNumber", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_case_comment_PersonId",
                table: "case_comment",
                column: "PersonId");

            foreach (string statement in AppendOnlySql.CreateSqlite(AppendOnlySql.CommentTables))
            {
                migrationBuilder.Sql(statement);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (string statement in AppendOnlySql.DropSqlite(AppendOnlySql.CommentTables))
            {
                migrationBuilder.Sql(statement);
            }

            migrationBuilder.DropTable(
                name: "case_comment");

            migrationBuilder.DropIndex(
                name: "IX_report_ReporterId_ReporterTypeId_ReceivedAt",
                table: "report");

            migrationBuilder.DropIndex(
                name: "IX_item_version_ContentHash",
                table: "item_version");

            migrationBuilder.CreateIndex(
                name: "IX_report_ReporterId",
                table: "report",
                column: "ReporterId");
        }
    }
}
